using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Scheduler.Plugins;

/// <summary>Which taints a toleration bears (core/v1 Toleration).</summary>
internal static class Tolerations
{
    public static bool Tolerate(this ValueList<Toleration> tolerations, Taint taint)
    {
        foreach (var toleration in tolerations)
        {
            if (Bears(toleration, taint)) return true;
        }

        return false;
    }

    /// <summary>Whether none of the taints keeps the pod away; a soft taint (PreferNoSchedule) never does.</summary>
    public static bool TolerateAll(this ValueList<Toleration> tolerations, ValueList<Taint> taints)
    {
        foreach (var taint in taints)
        {
            if (taint.Effect is TaintEffect.NoSchedule or TaintEffect.NoExecute && !tolerations.Tolerate(taint)) return false;
        }

        return true;
    }

    // An empty key with Exists bears every key; an empty effect bears every effect; the default operator is Equal.
    private static bool Bears(Toleration toleration, Taint taint)
    {
        if (toleration.Effect is { } effect && effect != taint.Effect) return false;
        if (toleration.Key is { } key && key != taint.Key) return false;
        return toleration.Operator switch
        {
            "Exists" => true,
            "Gt" => Compare(taint.Value, toleration.Value) is > 0,
            "Lt" => Compare(taint.Value, toleration.Value) is < 0,
            _ => (toleration.Value ?? "") == (taint.Value ?? ""),
        };
    }

    private static int? Compare(string? taint, string? toleration) =>
        long.TryParse(taint, out var left) && long.TryParse(toleration, out var right) ? left.CompareTo(right) : null;
}
