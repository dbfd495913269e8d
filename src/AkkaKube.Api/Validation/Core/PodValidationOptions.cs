using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Validation.Core;

/// <summary>
/// What a pod may do that a new one may not: an update of an object that already breaks a younger rule must still be possible.
/// </summary>
/// <param name="IsPod">The spec is of a pod itself, not of a template.</param>
internal readonly record struct PodValidationOptions(bool IsPod)
{
    public bool AllowInvalidLabelValueInSelector { get; init; }

    public bool AllowInvalidLabelValueInRequiredNodeAffinity { get; init; }

    public bool AllowInvalidSpreadSelector { get; init; }

    public bool AllowIndivisibleHugePages { get; init; }

    public bool AllowInvalidDeletionCost { get; init; }

    public bool AllowSysctlsOfHostNamespaces { get; init; }

    public static PodValidationOptions ForCreate(bool isPod) => new(isPod);

    public static PodValidationOptions ForUpdate(bool isPod, PodSpec old, ObjectMeta oldMeta) => new(isPod)
    {
        AllowInvalidLabelValueInSelector = HasInvalidAffinitySelector(old.Affinity),
        AllowInvalidLabelValueInRequiredNodeAffinity = HasInvalidNodeAffinityValue(old.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution),
        AllowInvalidSpreadSelector = HasInvalidSpreadSelector(old),
        AllowIndivisibleHugePages = HasIndivisibleHugePages(old),
        AllowInvalidDeletionCost = oldMeta.Annotations.TryGetValue(PodAnnotations.DeletionCost, out var cost) && !PodAnnotations.IsDeletionCost(cost),
        AllowSysctlsOfHostNamespaces = old.SecurityContext is { Sysctls.Count: > 0 },
    };

    private static bool HasInvalidAffinitySelector(Affinity? affinity)
    {
        if (affinity is null) return false;
        if (affinity.PodAffinity is { } near && (HasInvalid(near.RequiredDuringSchedulingIgnoredDuringExecution) || HasInvalid(near.PreferredDuringSchedulingIgnoredDuringExecution))) return true;
        return affinity.PodAntiAffinity is { } far && (HasInvalid(far.RequiredDuringSchedulingIgnoredDuringExecution) || HasInvalid(far.PreferredDuringSchedulingIgnoredDuringExecution));
    }

    private static bool HasInvalid(ValueList<PodAffinityTerm> terms)
    {
        foreach (var term in terms)
            if (Labels.HasInvalidValue(term.LabelSelector) || Labels.HasInvalidValue(term.NamespaceSelector)) return true;
        return false;
    }

    private static bool HasInvalid(ValueList<WeightedPodAffinityTerm> terms)
    {
        foreach (var term in terms)
            if (Labels.HasInvalidValue(term.PodAffinityTerm.LabelSelector) || Labels.HasInvalidValue(term.PodAffinityTerm.NamespaceSelector)) return true;
        return false;
    }

    private static bool HasInvalidNodeAffinityValue(NodeSelector? selector)
    {
        if (selector is null) return false;
        foreach (var term in selector.NodeSelectorTerms)
            foreach (var requirement in term.MatchExpressions)
                foreach (var value in requirement.Values)
                    if (Labels.Value(value).Length > 0) return true;
        return false;
    }

    private static bool HasInvalidSpreadSelector(PodSpec spec)
    {
        foreach (var constraint in spec.TopologySpreadConstraints)
        {
            var errors = new FieldErrors();
            Labels.CheckSelector(errors, ObjectMetaValidation.Metadata, constraint.LabelSelector);
            if (errors.Count > 0) return true;
        }
        return false;
    }

    private static bool HasIndivisibleHugePages(PodSpec spec)
    {
        foreach (var (container, _) in PodContainers.Of(spec))
            if (HasIndivisible(container.Resources.Limits) || HasIndivisible(container.Resources.Requests)) return true;
        return HasIndivisible(spec.Overhead);
    }

    private static bool HasIndivisible(ValueMap<Quantity> resources)
    {
        foreach (var (name, quantity) in resources)
            if (ResourceNames.IsHugePages(name) && !ResourceNames.IsDivisible(name, quantity)) return true;
        return false;
    }
}
