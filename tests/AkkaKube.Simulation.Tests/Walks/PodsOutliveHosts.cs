using System.Text;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Simulation.Tests.Hosts;

namespace AkkaKube.Simulation.Tests.Walks;

/// <summary>
/// Pods that run, with probes that forgive nothing, while their hosts die, are cut off and come back. In the end not one pod has been written to,
/// no node has been anything but ready, and the pods still reach each other wherever they are.
/// </summary>
internal static class PodsOutliveHosts
{
    private const int Servers = 6;
    private const int Clients = 4;

    private const string Web = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":6,"selector":{"matchLabels":{"app":"web"}},
         "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"nginx",
          "readinessProbe":{"httpGet":{"path":"/","port":80},"periodSeconds":2,"failureThreshold":1},"livenessProbe":{"tcpSocket":{"port":80},"periodSeconds":3,"failureThreshold":1}}]}}}}
        """;

    private const string Service = """{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"port":80}]}}""";

    private const string Loop = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"loop"},"spec":{"replicas":4,"selector":{"matchLabels":{"app":"loop"}},
         "template":{"metadata":{"labels":{"app":"loop"}},"spec":{"containers":[{"name":"loop","image":"busybox",
          "command":["sh","-c","while true; do if wget -q -T 2 -O /dev/null http://web; then echo ok; else echo bad; fi; sleep 1; done"]}]}}}}
        """;

    public static void Walk(SimulatedHosts hosts)
    {
        hosts.Create(0, GroupVersionResource.Services, Service);
        hosts.Create(0, GroupVersionResource.Deployments, Web);
        hosts.Create(0, GroupVersionResource.Deployments, Loop);
        for (var waited = 0; Pods(hosts).Count(IsReady) < Servers + Clients; waited++)
        {
            waited.ShouldBeLessThan(60, "the pods did not get ready");
            hosts.Advance(1);
        }

        // Whatever is still to be told of the start is told.
        hosts.Advance(15);
        var (pods, nodes) = (Pods(hosts), Nodes(hosts));
        for (var fault = 0; fault < 4; fault++)
        {
            Strike(hosts);
            hosts.Advance(3 + (hosts.Random.NextDouble() * 9));
            hosts.Heal();
            hosts.Advance(8 + (hosts.Random.NextDouble() * 15));
        }

        hosts.Advance(90);
        Nodes(hosts).Select(Readiness).ShouldBe(nodes.Select(Readiness));
        foreach (var (after, before) in Pods(hosts).Zip(pods)) after.ShouldBe(before);
        foreach (var client in pods.Where(p => p.Metadata.Labels["app"] == "loop"))
        {
            var log = hosts.Ask<LogChunk>(0, new ReadLog(client.Metadata.Name!) { Namespace = "default", TailLines = 3, User = SimulatedHosts.Admin });
            Encoding.UTF8.GetString(log.Bytes.Span).ShouldBe("ok\nok\nok\n", client.Metadata.Name);
        }
    }

    private static void Strike(SimulatedHosts hosts)
    {
        var random = hosts.Random;
        var victim = random.Next(hosts.Count);
        var other = (victim + random.Next(1, hosts.Count)) % hosts.Count;
        switch (random.Next(4))
        {
            case 0:
                hosts.Crash(victim);
                break;
            case 1:
                hosts.Crash(victim);
                hosts.Crash(other);
                break;
            case 2:
                hosts.CutFromDatabase(victim, to: true, from: true);
                break;
            default:
                for (var i = 0; i < hosts.Count; i++) if (i != victim) hosts.Cut(victim, i);
                break;
        }
    }

    private static List<Pod> Pods(SimulatedHosts hosts) => All<Pod>(hosts, new List(GroupVersionResource.Pods) { User = SimulatedHosts.Admin, Namespace = "default" });

    private static List<Node> Nodes(SimulatedHosts hosts) => All<Node>(hosts, new List(GroupVersionResource.Nodes) { User = SimulatedHosts.Admin });

    private static List<T> All<T>(SimulatedHosts hosts, List list) where T : class, IApiObject => [.. hosts.Ask<Listed>(0, list).Items.Select(i => i.As<T>())];

    private static bool IsReady(Pod pod) => pod.Status.Conditions.Any(c => c is { Type: "Ready", Status: "True" });

    private static string Readiness(Node node) =>
        node.Status.Conditions.First(c => c.Type == "Ready") is var ready ? $"{node.Metadata.Name} {ready.Status} since {ready.LastTransitionTime:O} {node.Spec.Taints.Count} taints" : "";
}
