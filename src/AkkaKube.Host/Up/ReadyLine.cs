using System.Globalization;

namespace AkkaKube.Host.Up;

/// <summary>What <c>up</c> prints when the cluster can be used. Programs wait for it.</summary>
internal static class ReadyLine
{
    public const string Start = "AkkaKube is ready: ";

    public static string Of(string server, int nodes, TimeSpan took, string kubeConfig) =>
        $"{Start}{server} ({nodes} {(nodes == 1 ? "node" : "nodes")}, {took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s) kubeconfig: {kubeConfig}";
}
