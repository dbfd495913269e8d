using AkkaKube.Api.Defaults;

namespace AkkaKube.Api.Tests.Defaults;

public class ImageReferenceTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("busybox", "latest")]
    [InlineData("library/busybox:1.36", "1.36")]
    [InlineData("localhost/app", "latest")]
    [InlineData("localhost:5000/app:a_b.c-D", "a_b.c-D")]
    [InlineData("[::1]:5000/app:x", "x")]
    [InlineData("registry.example.com/a/b__c/d--e.f:1", "1")]
    [InlineData("app:tag@" + Digest, "tag")]
    [InlineData("app@" + Digest, "")]
    [InlineData("Registry/app", "latest")]
    public void The_tag_of_an_image(string image, string tag) => ImageReference.Tag(image).ShouldBe(tag);

    [Theory]
    [InlineData("")]
    [InlineData("App")]
    [InlineData("a//b")]
    [InlineData("a..b")]
    [InlineData("a___b")]
    [InlineData("-a")]
    [InlineData("a_")]
    [InlineData("a.-b")]
    [InlineData("a:")]
    [InlineData("a:-x")]
    [InlineData("a b")]
    [InlineData("a@sha256:12")]
    [InlineData("bad-.example/app")]
    [InlineData("host:port/app")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void A_name_that_is_none_has_no_tag(string image) => ImageReference.Tag(image).ShouldBeNull();
}
