using AkkaKube.Api;

namespace AkkaKube.Console.Faults;

/// <summary>
/// On which host a fault is applied: on the asked one wherever it has an end of the link, for what is cut off from the asked host could not be
/// told to heal.
/// </summary>
internal static class FaultPlan
{
    /// <summary>A fault and the host that applies it.</summary>
    public readonly record struct Step(string Host, Fault Fault);

    /// <summary>Cuts <paramref name="a"/> from <paramref name="b"/>, a host or the database.</summary>
    public static Step Partition(string asked, string a, string b, bool oneWay) =>
        b == Fault.Database || b != asked
            ? new Step(a, new Fault.Cut(b, oneWay ? Ways.Out : Ways.Both))
            : new Step(b, new Fault.Cut(a, oneWay ? Ways.In : Ways.Both));

    /// <summary>One fault for every link of a host, or for everybody's link to the database.</summary>
    public static IReadOnlyList<Step> Everywhere(ValueList<string> hosts, string target, Func<string, Fault> fault) =>
        target == Fault.Database
            ? [.. hosts.Select(h => new Step(h, fault(Fault.Database)))]
            : [.. hosts.Where(h => h != target).Select(h => new Step(target, fault(h)))];
}
