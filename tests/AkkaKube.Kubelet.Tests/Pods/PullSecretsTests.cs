using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Kubelet.Configuration;
using AkkaKube.Kubelet.Pods;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Pods;

public class PullSecretsTests
{
    private const string Config = """
        {"auths":{"https://index.docker.io/v1/":{"auth":"dXNlcjpwdw=="},"registry.example.com":{"username":"u","password":"p"}}}
        """;

    private static string? For(string image, string config)
    {
        var pod = Pod(Container());
        pod = pod with { Spec = pod.Spec with { ImagePullSecrets = [new LocalObjectReference { Name = "none" }, new LocalObjectReference { Name = "pull" }] } };
        var secret = new Secret { Data = ValueMap.Of((".dockerconfigjson", Bytes.Utf8(config))) };
        var auth = PullSecrets.For(image, pod, new ReferencedObjects(new Dictionary<ObjectKey, ConfigMap>(), new Dictionary<ObjectKey, Secret> { [new("default", "pull")] = secret }));
        return auth is null ? null : $"{auth.Username}:{auth.Password}";
    }

    [Theory]
    [InlineData("busybox", "user:pw")]
    [InlineData("library/busybox:1", "user:pw")]
    [InlineData("docker.io/library/busybox", "user:pw")]
    [InlineData("registry.example.com/team/app:1", "u:p")]
    [InlineData("other.example.com/app", null)]
    public void Credentials_are_those_of_the_images_registry(string image, string? credentials) => For(image, Config).ShouldBe(credentials);

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("""{"auths":{"docker.io":{"auth":"%%%"}}}""")]
    public void A_secret_that_is_no_docker_config_has_none(string config) => For("busybox", config).ShouldBeNull();
}
