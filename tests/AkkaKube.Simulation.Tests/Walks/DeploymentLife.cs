using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Simulation.Tests.Observed;
using AkkaKube.Simulation.Tests.Run;

namespace AkkaKube.Simulation.Tests.Walks;

/// <summary>From a pod that says hello to a Deployment that is rolled out, scaled, hurt and removed.</summary>
internal static class DeploymentLife
{
    private const string Hello = """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"hello"},
         "spec":{"restartPolicy":"Never","containers":[{"name":"hello","image":"hello-world"}]}}
        """;

    private const string Web = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},
         "spec":{"replicas":3,"selector":{"matchLabels":{"app":"web"}},
          "template":{"metadata":{"labels":{"app":"web"}},
           "spec":{"containers":[{"name":"nginx","image":"nginx:1.27","ports":[{"containerPort":80}],
            "readinessProbe":{"httpGet":{"path":"/","port":80},"periodSeconds":2}}]}}}}
        """;

    private const string WebService = """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"port":80}]}}
        """;

    private const string NewImage = """
        {"spec":{"template":{"spec":{"containers":[{"name":"nginx","image":"nginx:1.29"}]}}}}
        """;

    /// <summary>Walks through it; throws where the cluster does not follow.</summary>
    public static void Walk(SimulatedCluster cluster)
    {
        cluster.Until("three nodes are ready", seen => seen.All<Node>(GroupVersionResource.Nodes).Count(IsReady) == 3, 60);
        cluster.Until("the default service account is there", seen => seen.Find<ServiceAccount>(GroupVersionResource.ServiceAccounts, "default") is not null, 60);

        cluster.Create(GroupVersionResource.Pods, Hello);
        cluster.Until("the pod has said hello", seen => seen.Find<Pod>(GroupVersionResource.Pods, "hello")?.Status.Phase == PodPhase.Succeeded, 60);
        cluster.LogOf("hello").ShouldContain("Hello from Docker!");

        cluster.Create(GroupVersionResource.Deployments, Web);
        cluster.Create(GroupVersionResource.Services, WebService);
        cluster.Until("three pods are served", seen => IsServedBy(seen, 3, "nginx:1.27"), 60);

        cluster.Patch(GroupVersionResource.Deployments, "web", NewImage);
        var fewest = int.MaxValue;
        cluster.Until("the new image is rolled out", seen =>
        {
            fewest = Math.Min(fewest, seen.PodsOf("web").Count(EndsAsDeclared.IsReady));
            return IsServedBy(seen, 3, "nginx:1.29");
        }, 120);
        fewest.ShouldBeGreaterThanOrEqualTo(3, "a rollout of three with a quarter unavailable at most keeps all three");

        var second = cluster.Observe("second-observer");
        cluster.Patch(GroupVersionResource.Deployments, "web", """{"spec":{"replicas":10}}""", Subresource.Scale);
        cluster.Until("ten pods are served", seen => IsServedBy(seen, 10, "nginx:1.29"), 60);

        var victim = cluster.First.PodsOf("web")[0].Metadata;
        cluster.Delete(GroupVersionResource.Pods, victim.Name);
        cluster.Until("the deleted pod is replaced", seen => IsServedBy(seen, 10, "nginx:1.29") && seen.Find<Pod>(GroupVersionResource.Pods, victim.Name) is null, 60);
        AtRest(cluster);

        var lost = cluster.First.PodsOf("web")[0].Spec.NodeName!;
        cluster.StopNode(lost);
        cluster.Until("the pods of the silent node are replaced", seen => IsServedBy(seen, 10, "nginx:1.29") && seen.PodsOf("web").All(pod => pod.Spec.NodeName != lost), 600);
        cluster.StartNode(lost);
        cluster.Until("the node is back and rid of its old pods", seen =>
            IsReady(seen.Find<Node>(GroupVersionResource.Nodes, lost, null)!) && seen.All<Pod>(GroupVersionResource.Pods).All(pod => pod.Metadata.DeletionTimestamp is null), 120);
        AtRest(cluster);

        cluster.Delete(GroupVersionResource.Deployments, "web");
        cluster.Until("the Deployment and all that it owns is gone", seen =>
            seen.All<Deployment>(GroupVersionResource.Deployments).Count == 0 && seen.All<ReplicaSet>(GroupVersionResource.ReplicaSets).Count == 0
            && seen.All<Pod>(GroupVersionResource.Pods).Select(pod => pod.Metadata.Name).SequenceEqual(["hello"]), 120);
        AtRest(cluster);

        cluster.Delete(GroupVersionResource.Services, "web");
        cluster.Delete(GroupVersionResource.Pods, "hello");
        cluster.Until("nothing is left", seen =>
            seen.All<Pod>(GroupVersionResource.Pods).Count == 0 && seen.All<EndpointSlice>(GroupVersionResource.EndpointSlices).Where(slice => slice.Metadata.Namespace == "default").Select(slice => slice.Metadata.Name).SequenceEqual(["kubernetes"]), 60);
        AtRest(cluster);
        SameForBoth(cluster, second);
    }

    /// <summary>Half a minute later everything is as declared, and for a minute nobody changes anything but the signs of life.</summary>
    private static void AtRest(SimulatedCluster cluster)
    {
        cluster.Advance(30);
        EndsAsDeclared.Violations(cluster.First).ShouldBeEmpty(cluster.First.Summary());
        var before = Changes(cluster.First);
        cluster.Advance(60);
        Changes(cluster.First).ShouldBe(before, "changes of a cluster at rest");
        EndsAsDeclared.Violations(cluster.First).ShouldBeEmpty(cluster.First.Summary());
    }

    private static Dictionary<string, int> Changes(Observation seen) => Observation.Followed
        .Where(resource => resource != GroupVersionResource.Leases && resource != GroupVersionResource.Nodes)
        .ToDictionary(resource => resource.Resource, resource => seen[resource].Revisions.Count);

    /// <summary>A client that came later has seen the same: the same changes since then, and the same objects at the end, which a list shows as well.</summary>
    private static void SameForBoth(SimulatedCluster cluster, Observation second)
    {
        second.Faults.ShouldBeEmpty();
        foreach (var resource in Observation.Followed)
        {
            var (one, other) = (cluster.First[resource], second[resource]);
            one.Revisions.TakeLast(other.Revisions.Count).ShouldBe(other.Revisions, resource.Resource);
            var objects = one.Objects.Values.Select(each => each.ToString()).ToList();
            other.Objects.Values.Select(each => each.ToString()).ShouldBe(objects, resource.Resource);
            cluster.List(resource).Select(each => each.ToString()).ShouldBe(objects, resource.Resource);
        }
    }

    private static bool IsServedBy(Observation seen, int pods, string image)
    {
        if (seen.Find<Deployment>(GroupVersionResource.Deployments, "web") is not { } web || web.Status.ObservedGeneration != web.Metadata.Generation) return false;
        if ((web.Status.Replicas, web.Status.UpdatedReplicas, web.Status.AvailableReplicas) != (pods, pods, pods)) return false;
        var running = seen.PodsOf("web");
        if (running.Count != pods || !running.All(pod => EndsAsDeclared.IsReady(pod) && pod.Spec.Containers[0].Image == image)) return false;
        var addresses = seen.All<EndpointSlice>(GroupVersionResource.EndpointSlices)
            .Where(slice => slice.Metadata.Labels.GetValueOrDefault("kubernetes.io/service-name") == "web")
            .SelectMany(slice => slice.Endpoints).Where(endpoint => endpoint.Conditions.Ready == true).SelectMany(endpoint => endpoint.Addresses);
        return addresses.Order(StringComparer.Ordinal).SequenceEqual(running.Select(pod => pod.Status.PodIP!).Order(StringComparer.Ordinal));
    }

    private static bool IsReady(Node node) => node.Status.Conditions.Any(c => c is { Type: "Ready", Status: "True" });
}
