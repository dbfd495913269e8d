using AkkaKube.ApiServer.WatchCache;

namespace AkkaKube.ApiServer.Tests.WatchCache;

public sealed class ContinueTokenTests
{
    [Fact]
    public void A_token_comes_back_as_it_was() =>
        ContinueToken.Decode(new ContinueToken(42, "ns/pod-ü").Encode(), out _).ShouldBe(new ContinueToken(42, "ns/pod-ü"));

    [Theory]
    [InlineData("garbage", "continue key is not valid: invalid character '\\u0081' looking for beginning of value")]
    [InlineData("a b", "continue key is not valid: illegal base64 data at input byte 1")]
    public void What_is_no_token_is_refused_in_the_words_of_Kubernetes(string text, string message)
    {
        ContinueToken.Decode(text, out var problem).ShouldBeNull();
        problem.ShouldBe(message);
    }
}
