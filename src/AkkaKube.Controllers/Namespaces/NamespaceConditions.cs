using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Controllers.Namespaces;

/// <summary>The conditions of a namespace that is on its way out.</summary>
internal static class NamespaceConditions
{
    public static ValueList<NamespaceCondition> Of(ValueList<NamespaceCondition> current, NamespaceRemains remains, DateTimeOffset now)
    {
        var conditions = current;
        foreach (var condition in All(remains, now)) conditions = Put(conditions, condition);
        return conditions;
    }

    private static IEnumerable<NamespaceCondition> All(NamespaceRemains remains, DateTimeOffset now)
    {
        NamespaceCondition Is(string type, bool holds, string reason, string message) =>
            new() { Type = type, Status = holds ? ConditionStatus.True : ConditionStatus.False, Reason = reason, Message = message, LastTransitionTime = now };

        yield return Is("NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered", "All resources successfully discovered");
        yield return Is("NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions", "All legacy kube types successfully parsed");
        yield return remains.Failures.Count > 0
            ? Is("NamespaceDeletionContentFailure", true, "ContentDeletionFailed", "Failed to delete all resource types, " + $"{remains.Failures.Count} remaining: {string.Join(", ", remains.Failures)}")
            : Is("NamespaceDeletionContentFailure", false, "ContentDeleted", "All content successfully deleted, may be waiting on finalization");
        yield return remains.Objects.Count > 0
            ? Is("NamespaceContentRemaining", true, "SomeResourcesRemain", "Some resources are remaining: " + string.Join(", ", remains.Objects.Select(o => $"{o.Key} has {o.Value} resource instances")))
            : Is("NamespaceContentRemaining", false, "ContentRemoved", "All content successfully removed");
        yield return remains.Finalizers.Count > 0
            ? Is("NamespaceFinalizersRemaining", true, "SomeFinalizersRemain", "Some content in the namespace has finalizers remaining: " + string.Join(", ", remains.Finalizers.Select(f => $"{f.Key} in {f.Value} resource instances")))
            : Is("NamespaceFinalizersRemaining", false, "ContentHasNoFinalizers", "All content-preserving finalizers finished");
    }

    private static ValueList<NamespaceCondition> Put(ValueList<NamespaceCondition> conditions, NamespaceCondition condition)
    {
        var current = conditions.FirstOrDefault(c => c.Type == condition.Type);
        if (current is not null && current.Status == condition.Status && current.Reason == condition.Reason && current.Message == condition.Message) return conditions;
        if (current?.Status == condition.Status) condition = condition with { LastTransitionTime = current.LastTransitionTime };
        return current is null ? [.. conditions, condition] : [.. conditions.Select(c => c.Type == condition.Type ? condition : c)];
    }
}
