using AkkaKube.ApiServer.Http;

namespace AkkaKube.ApiServer.Tests.Http;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("/api/v1/pods", "", "v1", null, "pods", null, null)]
    [InlineData("/api/v1/namespaces", "", "v1", null, "namespaces", null, null)]
    [InlineData("/api/v1/namespaces/a", "", "v1", null, "namespaces", "a", null)]
    [InlineData("/api/v1/namespaces/a/status", "", "v1", null, "namespaces", "a", "status")]
    [InlineData("/api/v1/namespaces/a/finalize", "", "v1", null, "namespaces", "a", "finalize")]
    [InlineData("/api/v1/namespaces/a/pods", "", "v1", "a", "pods", null, null)]
    [InlineData("/api/v1/namespaces/a/pods/p", "", "v1", "a", "pods", "p", null)]
    [InlineData("/api/v1/namespaces/a/pods/p/log", "", "v1", "a", "pods", "p", "log")]
    [InlineData("/api/v1/nodes/n/status", "", "v1", null, "nodes", "n", "status")]
    [InlineData("/apis/apps/v1/namespaces/a/deployments/d/scale", "apps", "v1", "a", "deployments", "d", "scale")]
    [InlineData("/apis/apps/v1/deployments", "apps", "v1", null, "deployments", null, null)]
    [InlineData("/api/v1/watch/namespaces/a/pods", "", "v1", "a", "pods", null, null)]
    public void A_path_names_a_resource(string path, string group, string version, string? @namespace, string resource, string? name, string? subresource) =>
        RequestTarget.Parse(path).ShouldBe(new RequestTarget(group, version, @namespace, resource, name, subresource));

    [Theory]
    [InlineData("/api/v1")]
    [InlineData("/apis/apps/v1")]
    [InlineData("/version")]
    [InlineData("/")]
    public void A_path_above_the_resources_names_none(string path) => RequestTarget.Parse(path).ShouldBeNull();
}
