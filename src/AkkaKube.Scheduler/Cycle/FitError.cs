using System.Text;
using AkkaKube.Scheduler.Framework;

namespace AkkaKube.Scheduler.Cycle;

/// <summary>Words for a pod that fits nowhere: how many nodes refuse it for which reason.</summary>
internal static class FitError
{
    /// <summary>What a pod is told in a cluster without nodes.</summary>
    public const string NoNodes = "no nodes available to schedule pods";

    /// <summary>E.g. <c>0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable.</c></summary>
    public static string Message(int nodes, IEnumerable<Verdict> refusals)
    {
        var counts = new Dictionary<string, int>();
        foreach (var refusal in refusals)
        {
            foreach (var reason in refusal.Reasons) counts[reason] = counts.GetValueOrDefault(reason) + 1;
        }

        var text = new StringBuilder().Append("0/").Append(nodes).Append(" nodes are available");
        var parts = counts.Select(c => $"{c.Value} {c.Key}").Order(StringComparer.Ordinal).ToList();
        if (parts.Count > 0) text.Append(": ").AppendJoin(", ", parts);
        return text.Append('.').ToString();
    }
}
