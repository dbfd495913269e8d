using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using DeleteOptions = AkkaKube.Client.Requests.DeleteOptions;

namespace AkkaKube.ApiServer.Deletion;

/// <summary>What a delete does to an object (Kubernetes: rest.BeforeDelete and the finalizers of the garbage collector).</summary>
internal abstract record DeletionStep
{
    /// <summary>The object is removed now; <paramref name="LastState"/> is what is said of it.</summary>
    public sealed record Remove(IApiObject LastState) : DeletionStep;

    /// <summary>The object stays, marked: something has to finish first.</summary>
    public sealed record Mark(IApiObject Marked) : DeletionStep;

    /// <summary>It is ending already and nothing changes.</summary>
    public sealed record AlreadyEnding : DeletionStep;
}

/// <inheritdoc cref="DeletionStep"/>
internal static class Deletions
{
    private const string OrphanFinalizer = "orphan";
    private const string ForegroundFinalizer = "foregroundDeletion";

    public static DeletionStep Decide(IApiObject current, DeleteOptions options, DateTimeOffset now) => current switch
    {
        Namespace @namespace => DecideNamespace(@namespace, options, now),
        _ => DecideObject(current, options, now),
    };

    /// <summary>Whether an update removed the last thing that an ending object waited for: then it is removed instead.</summary>
    public static bool IsOver(IApiObject updated) =>
        updated.Metadata is { DeletionTimestamp: not null, Finalizers.Count: 0 } &&
        updated.Metadata.DeletionGracePeriodSeconds is null or 0 &&
        updated is not Namespace { Spec.Finalizers.Count: > 0 };

    private static DeletionStep DecideNamespace(Namespace current, DeleteOptions options, DateTimeOffset now)
    {
        var finalizers = Finalizers(current.Metadata.Finalizers, options.PropagationPolicy);
        if (current.Metadata.DeletionTimestamp is null)
        {
            return new DeletionStep.Mark(current with
            {
                Metadata = current.Metadata with { DeletionTimestamp = now, Finalizers = finalizers },
                Status = current.Status with { Phase = "Terminating" },
            });
        }
        if (current.Spec.Finalizers.Count > 0 || finalizers.Count > 0) return new DeletionStep.AlreadyEnding();
        return new DeletionStep.Remove(current);
    }

    private static DeletionStep DecideObject(IApiObject current, DeleteOptions options, DateTimeOffset now)
    {
        var metadata = current.Metadata;
        var grace = current is Pod pod ? GracePeriod(pod, options) : (long?)null;
        var finalizers = Finalizers(metadata.Finalizers, options.PropagationPolicy);
        var finalizersChanged = !finalizers.SequenceEqual(metadata.Finalizers);
        if (metadata.DeletionTimestamp is { } ending)
        {
            if (grace is { } shorter && metadata.DeletionGracePeriodSeconds is { } left && options.GracePeriodSeconds is not null && shorter < left)
            {
                // The end comes earlier than announced; from when it was announced on, not from now on.
                var end = ending.AddSeconds(shorter - left);
                var sooner = metadata with { DeletionTimestamp = end < now && shorter > 0 ? now : end, DeletionGracePeriodSeconds = shorter, Generation = Next(metadata.Generation), Finalizers = finalizers };
                return shorter == 0 && finalizers.Count == 0 ? new DeletionStep.Remove(current.WithMetadata(sooner)) : new DeletionStep.Mark(current.WithMetadata(sooner));
            }
            if (finalizersChanged) return new DeletionStep.Mark(current.WithMetadata(metadata with { Finalizers = finalizers }));
            return finalizers.Count == 0 && grace is null ? new DeletionStep.Remove(current) : new DeletionStep.AlreadyEnding();
        }
        if (grace is { } seconds)
        {
            var marked = current.WithMetadata(metadata with { DeletionTimestamp = now.AddSeconds(seconds), DeletionGracePeriodSeconds = seconds, Generation = Next(metadata.Generation), Finalizers = finalizers });
            return seconds == 0 && finalizers.Count == 0 ? new DeletionStep.Remove(marked) : new DeletionStep.Mark(marked);
        }
        if (finalizers.Count == 0) return new DeletionStep.Remove(current);
        return new DeletionStep.Mark(current.WithMetadata(metadata with { DeletionTimestamp = now, DeletionGracePeriodSeconds = 0, Generation = Next(metadata.Generation), Finalizers = finalizers }));
    }

    /// <summary>A pod on a node has time to stop its containers; one that is nowhere or done has nothing to stop.</summary>
    private static long GracePeriod(Pod pod, DeleteOptions options)
    {
        if (string.IsNullOrEmpty(pod.Spec.NodeName) || pod.Status.Phase is "Failed" or "Succeeded") return 0;
        var period = options.GracePeriodSeconds ?? pod.Spec.TerminationGracePeriodSeconds ?? 30;
        return period < 0 ? 1 : period;
    }

    private static ValueList<string> Finalizers(ValueList<string> current, string? policy)
    {
        if (policy is null) return current;
        List<string> others = [.. current.Where(finalizer => finalizer is not (OrphanFinalizer or ForegroundFinalizer))];
        switch (policy)
        {
            case "Orphan": others.Add(OrphanFinalizer); break;
            case "Foreground": others.Add(ForegroundFinalizer); break;
        }
        return [.. others];
    }

    private static long Next(long generation) => generation > 0 ? generation + 1 : generation;
}
