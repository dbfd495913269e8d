using Akka.Util;

namespace Akka.Cluster.Tests.Events;

public sealed class AppVersionTests
{
    [Theory]
    [InlineData("1.2.3", "1.2.4")]
    [InlineData("1.2", "1.2.1")]
    [InlineData("1.9.0", "1.10.0")]
    [InlineData("2", "10")]
    [InlineData("1.2.3-rc1", "1.2.3")]
    [InlineData("1.2.3-rc1", "1.2.3-rc2")]
    public void The_first_is_older_than_the_second(string older, string newer)
    {
        AppVersion.Create(older).CompareTo(AppVersion.Create(newer)).ShouldBeLessThan(0);
        AppVersion.Create(newer).CompareTo(AppVersion.Create(older)).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_version_with_four_numbers_is_none() => Should.Throw<ArgumentOutOfRangeException>(() => AppVersion.Create("1.2.3.4"));

    [Fact]
    public void The_version_of_the_program_is_three_numbers() => AppVersion.Create("assembly-version").Version.Split('.').Length.ShouldBe(3);
}
