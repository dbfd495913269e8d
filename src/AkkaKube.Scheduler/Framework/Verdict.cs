using AkkaKube.Api;

namespace AkkaKube.Scheduler.Framework;

/// <summary>What a plugin says of a pod, or of a pod on a node (Kubernetes: framework.Status).</summary>
internal sealed record Verdict(VerdictCode Code, ValueList<string> Reasons)
{
    /// <summary>Nothing speaks against it.</summary>
    public static readonly Verdict Fits = new(VerdictCode.Fits, []);

    /// <summary>The plugin has nothing to do for this pod; its later points are left out of the cycle.</summary>
    public static readonly Verdict Skip = new(VerdictCode.Skip, []);

    public bool IsFit => Code is VerdictCode.Fits or VerdictCode.Skip;

    /// <summary>Not now; removing pods from the node could help.</summary>
    public static Verdict Unschedulable(params ValueList<string> reasons) => new(VerdictCode.Unschedulable, reasons);

    /// <summary>Not now, and removing pods would not help.</summary>
    public static Verdict UnschedulableAndUnresolvable(params ValueList<string> reasons) => new(VerdictCode.UnschedulableAndUnresolvable, reasons);
}

/// <summary>The kinds of <see cref="Verdict"/>.</summary>
internal enum VerdictCode
{
    Fits,
    Skip,
    Unschedulable,
    UnschedulableAndUnresolvable,
}
