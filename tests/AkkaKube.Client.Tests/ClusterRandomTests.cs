using Akka.TestKit.Xunit2;

namespace AkkaKube.Client.Tests;

public sealed class ClusterRandomTests : TestKit
{
    public ClusterRandomTests()
        : base("akkakube.seed = 7")
    {
    }

    [Fact]
    public void The_same_name_gives_the_same_sequence_again() =>
        ClusterRandom.Of(Sys).Create("a").Next().ShouldBe(ClusterRandom.Of(Sys).Create("a").Next());

    [Fact]
    public void Another_name_gives_another_sequence() =>
        ClusterRandom.Of(Sys).Create("a").Next().ShouldNotBe(ClusterRandom.Of(Sys).Create("b").Next());

    [Fact]
    public void A_uid_is_a_version_4_uuid()
    {
        var uid = ClusterRandom.Of(Sys).Create("uids").NewUid();
        uid.ShouldMatch("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
    }

    [Fact]
    public void A_safe_encoding_has_no_vowels_and_keeps_different_numbers_apart()
    {
        GeneratedName.SafeEncode("2893417760").ShouldMatch("^[bcdfghjklmnpqrstvwxz2456789]{10}$");
        GeneratedName.SafeEncode("1").ShouldNotBe(GeneratedName.SafeEncode("2"));
    }
}
