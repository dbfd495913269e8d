namespace AkkaKube.Runtime.Tests.Settings;

public class DistributionTests
{
    [Theory]
    [InlineData("fixed(1s)", 1, 1)]
    [InlineData("250ms", 0.25, 0.25)]
    [InlineData("uniform(200ms, 1s)", 0.2, 1)]
    [InlineData("exponential(2s)", 0, 60)]
    public void A_sample_lies_where_the_distribution_says(string text, double least, double most)
    {
        var (distribution, random) = (Distribution.Parse(text), new Random(1));
        var samples = Enumerable.Range(0, 1000).Select(_ => distribution.Sample(random).TotalSeconds).ToList();
        samples.Min().ShouldBeGreaterThanOrEqualTo(least);
        samples.Max().ShouldBeLessThanOrEqualTo(most);
        if (text.StartsWith("exponential", StringComparison.Ordinal)) samples.Average().ShouldBeInRange(1.8, 2.2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("uniform(1s)")]
    [InlineData("uniform(2s, 1s)")]
    [InlineData("fixed(1 parsec)")]
    public void Anything_else_is_refused(string text) => Should.Throw<FormatException>(() => Distribution.Parse(text));
}
