using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Controllers.Pods;

/// <summary>What controllers ask about a pod.</summary>
internal static class PodFacts
{
    public const string Ready = "Ready";

    /// <summary>Its containers have ended for good.</summary>
    public static bool IsTerminal(this Pod pod) => pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed;

    /// <summary>It is, or will be, running, and nobody has deleted it.</summary>
    public static bool IsActive(this Pod pod) => !pod.IsTerminal() && pod.Metadata.DeletionTimestamp is null;

    /// <summary>It was deleted and its containers have not all ended yet.</summary>
    public static bool IsTerminating(this Pod pod) => !pod.IsTerminal() && pod.Metadata.DeletionTimestamp is not null;

    public static bool IsReady(this Pod pod) => pod.ReadyCondition()?.Status == ConditionStatus.True;

    public static PodCondition? ReadyCondition(this Pod pod)
    {
        foreach (var condition in pod.Status.Conditions)
            if (condition.Type == Ready) return condition;
        return null;
    }

    /// <summary>It has all of these labels.</summary>
    public static bool Has(this Pod pod, ValueMap<string> labels)
    {
        var own = pod.Metadata.Labels;
        foreach (var (key, value) in labels)
            if (!own.TryGetValue(key, out var actual) || actual != value) return false;
        return true;
    }

    /// <summary>When it will have been ready for <paramref name="minReadySeconds"/>; null if it is not ready.</summary>
    public static DateTimeOffset? AvailableFrom(this Pod pod, int minReadySeconds) =>
        pod.ReadyCondition() is { Status: ConditionStatus.True } ready ? (ready.LastTransitionTime ?? DateTimeOffset.MinValue) + TimeSpan.FromSeconds(minReadySeconds) : null;

    /// <summary>It has been ready for <paramref name="minReadySeconds"/>.</summary>
    public static bool IsAvailable(this Pod pod, int minReadySeconds, DateTimeOffset now) =>
        minReadySeconds == 0 ? pod.IsReady() : pod.AvailableFrom(minReadySeconds) is { } from && from <= now;
}
