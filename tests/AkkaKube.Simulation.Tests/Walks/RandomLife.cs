using System.Globalization;
using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Simulation.Tests.Observed;
using AkkaKube.Simulation.Tests.Run;

namespace AkkaKube.Simulation.Tests.Walks;

/// <summary>
/// A client and a fault injector who do what they like, drawn from the seed, without waiting for the cluster to follow. In the end all machines
/// are on, and the cluster has to become what was declared last.
/// </summary>
internal static class RandomLife
{
    private static readonly string[] Apps = ["red", "green", "blue"];

    /// <summary>Walks through it; throws where the cluster does not end as declared.</summary>
    public static void Walk(SimulatedCluster cluster)
    {
        var random = new Random(cluster.Seed);
        cluster.Until("three nodes are ready", seen => seen.All<Node>(GroupVersionResource.Nodes).Count == 3 && EndsAsDeclared.Violations(seen).Count == 0, 60);
        cluster.Until("the default service account is there", seen => seen.Find<ServiceAccount>(GroupVersionResource.ServiceAccounts, "default") is not null, 60);
        foreach (var app in Apps)
        {
            cluster.Create(GroupVersionResource.Services, $$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"{{{app}}}"},"spec":{"selector":{"app":"{{{app}}}"},"ports":[{"port":80}]}}""");
        }
        var declared = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var step = 0; step < 40; step++)
        {
            Step(cluster, random, declared);
            // Mostly at once, sometimes after a while, now and then so late that a silent node's pods are evicted.
            cluster.Advance(random.Next(10) switch { < 5 => 0, < 9 => random.NextDouble() * 10, _ => 200 });
        }
        for (var node = 1; node <= 3; node++) cluster.StartNode(Name(node));
        cluster.Until("everything is as declared", seen => IsDone(seen, declared), 1200);
        cluster.Advance(60);
        EndsAsDeclared.Violations(cluster.First).ShouldBeEmpty(cluster.First.Summary());
        IsDone(cluster.First, declared).ShouldBeTrue(cluster.First.Summary());
    }

    private static void Step(SimulatedCluster cluster, Random random, SortedDictionary<string, int> declared)
    {
        var app = Apps[random.Next(Apps.Length)];
        var replicas = random.Next(8);
        if (!declared.ContainsKey(app))
        {
            cluster.Create(GroupVersionResource.Deployments, Deployment(app, replicas, random.Next(4)));
            declared[app] = replicas;
            return;
        }
        switch (random.Next(8))
        {
            case 0 or 1:
                cluster.Patch(GroupVersionResource.Deployments, app, $$$"""{"spec":{"replicas":{{{replicas}}}}}""", Subresource.Scale);
                declared[app] = replicas;
                break;
            case 2 or 3:
                cluster.Patch(GroupVersionResource.Deployments, app, $$$"""{"spec":{"template":{"spec":{"containers":[{"name":"main","image":"nginx:1.{{{random.Next(4)}}}"}] } } } }""");
                break;
            case 4 or 5:
                // What the client saw last may be gone by now; that is a refusal like any other.
                if (cluster.First.PodsOf(app) is { Count: > 0 } pods) cluster.TryDelete(GroupVersionResource.Pods, pods[random.Next(pods.Count)].Metadata.Name);
                break;
            case 6:
                if (random.Next(2) == 0) cluster.StopNode(Name(random.Next(1, 4)));
                else cluster.StartNode(Name(random.Next(1, 4)));
                break;
            default:
                cluster.Delete(GroupVersionResource.Deployments, app);
                declared.Remove(app);
                break;
        }
    }

    private static bool IsDone(Observation seen, SortedDictionary<string, int> declared) =>
        seen.All<Deployment>(GroupVersionResource.Deployments).Select(one => (one.Metadata.Name, one.Spec.Replicas ?? 1)).SequenceEqual(declared.Select(one => (one.Key, one.Value)))
        && seen.All<Pod>(GroupVersionResource.Pods).Count == declared.Values.Sum()
        && EndsAsDeclared.Violations(seen).Count == 0;

    private static string Deployment(string app, int replicas, int version) => $$$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"{{{app}}}"},
         "spec":{"replicas":{{{replicas}}},"selector":{"matchLabels":{"app":"{{{app}}}"}},
          "template":{"metadata":{"labels":{"app":"{{{app}}}"}},
           "spec":{"terminationGracePeriodSeconds":5,"containers":[{"name":"main","image":"nginx:1.{{{version}}}","readinessProbe":{"httpGet":{"path":"/","port":80},"periodSeconds":2} }] } } } }
        """;

    private static string Name(int node) => string.Create(CultureInfo.InvariantCulture, $"node-{node}");
}
