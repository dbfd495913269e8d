using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.Runtime.Tests.Images;

public class ImageReferenceTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("busybox", "docker.io/library/busybox:latest")]
    [InlineData("busybox:1.36", "docker.io/library/busybox:1.36")]
    [InlineData("bitnami/redis", "docker.io/bitnami/redis:latest")]
    [InlineData("docker.io/busybox", "docker.io/library/busybox:latest")]
    [InlineData("index.docker.io/library/busybox", "docker.io/library/busybox:latest")]
    [InlineData("registry.k8s.io/pause:3.10", "registry.k8s.io/pause:3.10")]
    [InlineData("localhost:5000/a/b:c", "localhost:5000/a/b:c")]
    [InlineData("localhost/a", "localhost/a:latest")]
    [InlineData("gcr.io/a/b@" + Digest, "gcr.io/a/b@" + Digest)]
    [InlineData("nginx:1.25@" + Digest, "docker.io/library/nginx@" + Digest)]
    [InlineData("UPPER/case", "UPPER/case:latest")]
    [InlineData("a__b/c-d.e", "docker.io/a__b/c-d.e:latest")]
    public void A_name_is_completed(string name, string full) => ImageReference.Parse(name, out _)!.ToString().ShouldBe(full);

    [Theory]
    [InlineData("", "invalid reference format")]
    [InlineData("a b", "invalid reference format")]
    [InlineData("Nginx", "invalid reference format: repository name (library/Nginx) must be lowercase")]
    [InlineData("-nginx", "invalid reference format")]
    [InlineData("nginx:", "invalid reference format")]
    [InlineData("nginx:a:b", "invalid reference format")]
    [InlineData("nginx@sha256:12", "invalid reference format")]
    [InlineData("a//b", "invalid reference format")]
    [InlineData("http://nginx", "invalid reference format")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "invalid repository name (0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef), cannot specify 64-byte hexadecimal strings")]
    public void What_is_no_name_is_refused(string name, string error)
    {
        ImageReference.Parse(name, out var reason).ShouldBeNull();
        reason.ShouldBe(error);
    }

    [Fact]
    public void A_completed_name_is_complete() => Check.One(
        FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll<NonNull<string>>(text => ImageReference.Parse(text.Get, out _) is not { } reference || ImageReference.Parse(reference.ToString(), out _)!.ToString() == reference.ToString()));
}
