using System.Text;

namespace AkkaKube.Benchmarks.Clients;

/// <summary>The objects that the load generators create.</summary>
public static class Bodies
{
    public static byte[] Pod(string name) => Encoding.UTF8.GetBytes(
        $$$$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{{{name}}}}}","labels":{"app":"load"}},"spec":{"terminationGracePeriodSeconds":0,"containers":[{"name":"main","image":"busybox:1","command":["sleep","1d"],"resources":{"requests":{"cpu":"10m","memory":"16Mi"}}}]}}""");

    public static byte[] Deployment(int replicas) => Encoding.UTF8.GetBytes(
        $$$$$"""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"load"},"spec":{"replicas":{{{{{replicas}}}}},"selector":{"matchLabels":{"app":"load"}},"template":{"metadata":{"labels":{"app":"load"}},"spec":{"containers":[{"name":"main","image":"busybox:1","command":["sleep","1d"],"resources":{"requests":{"cpu":"10m","memory":"16Mi"}}}]}}}}""");
}
