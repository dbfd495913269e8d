using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Validation.Core;

/// <summary>To which nodes and to which other pods a pod wants to be near, or far from.</summary>
internal static class AffinityValidation
{
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
    private const string Preferred = "preferredDuringSchedulingIgnoredDuringExecution";
    private const string Weight = "must be in the range 1-100";

    public static void Check(FieldErrors errors, FieldPath path, Affinity affinity, in PodValidationOptions options)
    {
        if (affinity.NodeAffinity is { } nodes) CheckNodes(errors, path.Child("nodeAffinity"), nodes, options);
        if (affinity.PodAffinity is { } near)
        {
            CheckTerms(errors, path.Child("podAffinity", Required), near.RequiredDuringSchedulingIgnoredDuringExecution, options);
            CheckWeighted(errors, path.Child("podAffinity", Preferred), near.PreferredDuringSchedulingIgnoredDuringExecution, options);
        }
        if (affinity.PodAntiAffinity is { } far)
        {
            CheckTerms(errors, path.Child("podAntiAffinity", Required), far.RequiredDuringSchedulingIgnoredDuringExecution, options);
            CheckWeighted(errors, path.Child("podAntiAffinity", Preferred), far.PreferredDuringSchedulingIgnoredDuringExecution, options);
        }
    }

    private static void CheckNodes(FieldErrors errors, FieldPath path, NodeAffinity affinity, in PodValidationOptions options)
    {
        if (affinity.RequiredDuringSchedulingIgnoredDuringExecution is { } required)
        {
            var terms = path.Child(Required, "nodeSelectorTerms");
            if (required.NodeSelectorTerms.Count == 0) errors.Required(terms, "must have at least one node selector term");
            for (var i = 0; i < required.NodeSelectorTerms.Count; i++)
                CheckTerm(errors, terms.Index(i), required.NodeSelectorTerms[i], options.AllowInvalidLabelValueInRequiredNodeAffinity);
        }
        for (var i = 0; i < affinity.PreferredDuringSchedulingIgnoredDuringExecution.Count; i++)
        {
            var preferred = affinity.PreferredDuringSchedulingIgnoredDuringExecution[i];
            var place = path.Child(Preferred).Index(i);
            if (preferred.Weight is <= 0 or > 100) errors.Invalid(place.Child("weight"), preferred.Weight, Weight);
            CheckTerm(errors, place.Child("preference"), preferred.Preference, allowInvalidValues: true);
        }
    }

    private static void CheckTerm(FieldErrors errors, FieldPath path, NodeSelectorTerm term, bool allowInvalidValues)
    {
        for (var i = 0; i < term.MatchExpressions.Count; i++)
            CheckRequirement(errors, path.Child("matchExpressions").Index(i), term.MatchExpressions[i], allowInvalidValues);
        for (var i = 0; i < term.MatchFields.Count; i++)
            CheckField(errors, path.Child("matchFields").Index(i), term.MatchFields[i]);
    }

    private static void CheckRequirement(FieldErrors errors, FieldPath path, NodeSelectorRequirement requirement, bool allowInvalidValues)
    {
        switch (requirement.Operator)
        {
            case "In" or "NotIn":
                if (requirement.Values.Count == 0) errors.Required(path.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist":
                if (requirement.Values.Count > 0) errors.Forbidden(path.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            case "Gt" or "Lt":
                if (requirement.Values.Count != 1) errors.Required(path.Child("values"), "must be specified single value when `operator` is 'Lt' or 'Gt'");
                break;
            default:
                errors.Invalid(path.Child("operator"), requirement.Operator, "not a valid selector operator");
                break;
        }
        Labels.CheckKey(errors, path.Child("key"), requirement.Key);
        if (allowInvalidValues) return;
        for (var i = 0; i < requirement.Values.Count; i++)
            if (Labels.Value(requirement.Values[i]) is { Length: > 0 } wrong) errors.Invalid(path.Child("values").Index(i), requirement.Values[i], wrong);
    }

    private static void CheckField(FieldErrors errors, FieldPath path, NodeSelectorRequirement requirement)
    {
        if (requirement.Operator is not ("In" or "NotIn")) errors.Invalid(path.Child("operator"), requirement.Operator, "not a valid selector operator");
        else if (requirement.Values.Count != 1) errors.Required(path.Child("values"), "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        if (requirement.Key != "metadata.name") errors.Invalid(path.Child("key"), requirement.Key, "not a valid field selector key");
        else
            for (var i = 0; i < requirement.Values.Count; i++)
                errors.Invalid(path.Child("values").Index(i), requirement.Values[i], Names.Subdomain(requirement.Values[i]));
    }

    private static void CheckTerms(FieldErrors errors, FieldPath path, ValueList<PodAffinityTerm> terms, in PodValidationOptions options)
    {
        for (var i = 0; i < terms.Count; i++) CheckPodTerm(errors, path.Index(i), terms[i], options);
    }

    private static void CheckWeighted(FieldErrors errors, FieldPath path, ValueList<WeightedPodAffinityTerm> terms, in PodValidationOptions options)
    {
        for (var i = 0; i < terms.Count; i++)
        {
            if (terms[i].Weight is <= 0 or > 100) errors.Invalid(path.Index(i).Child("weight"), terms[i].Weight, Weight);
            CheckPodTerm(errors, path.Index(i).Child("podAffinityTerm"), terms[i].PodAffinityTerm, options);
        }
    }

    private static void CheckPodTerm(FieldErrors errors, FieldPath path, PodAffinityTerm term, in PodValidationOptions options)
    {
        Labels.CheckSelector(errors, path.Child("labelSelector"), term.LabelSelector, options.AllowInvalidLabelValueInSelector);
        Labels.CheckSelector(errors, path.Child("namespaceSelector"), term.NamespaceSelector, options.AllowInvalidLabelValueInSelector);
        foreach (var name in term.Namespaces) errors.Invalid(path.Child("namespace"), name, Names.Label(name));
        CheckLabelKeys(errors, path.Child("matchLabelKeys"), term.MatchLabelKeys, term.LabelSelector);
        CheckLabelKeys(errors, path.Child("mismatchLabelKeys"), term.MismatchLabelKeys, term.LabelSelector);
        CheckMerged(errors, path, term);
        for (var i = 0; i < term.MatchLabelKeys.Count; i++)
            if (term.MismatchLabelKeys.Contains(term.MatchLabelKeys[i]))
                errors.Invalid(path.Child("matchLabelKeys").Index(i), term.MatchLabelKeys[i], "exists in both matchLabelKeys and mismatchLabelKeys");
        if (term.TopologyKey.Length == 0) errors.Required(path.Child("topologyKey"), "can not be empty");
        Labels.CheckKey(errors, path.Child("topologyKey"), term.TopologyKey);
    }

    private static void CheckLabelKeys(FieldErrors errors, FieldPath path, ValueList<string> keys, LabelSelector? selector)
    {
        if (keys.Count == 0) return;
        if (selector is null) errors.Forbidden(path, "must not be specified when labelSelector is not set");
        else
            for (var i = 0; i < keys.Count; i++) Labels.CheckKey(errors, path.Index(i), keys[i]);
    }

    /// <summary>The keys were merged into the selector before; one that then stands there twice, the client had put there as well.</summary>
    private static void CheckMerged(FieldErrors errors, FieldPath path, PodAffinityTerm term)
    {
        if (term.LabelSelector is not { } selector || term.MatchLabelKeys.Count == 0) return;
        var seen = new HashSet<string>(selector.MatchLabels.Keys);
        foreach (var expression in selector.MatchExpressions)
        {
            var index = IndexOf(term.MatchLabelKeys, expression.Key);
            if (index >= 0 && seen.Contains(expression.Key)) errors.Invalid(path.Index(index), expression.Key, "exists in both matchLabelKeys and labelSelector");
            seen.Add(expression.Key);
        }
    }

    private static int IndexOf(ValueList<string> keys, string key)
    {
        for (var i = keys.Count - 1; i >= 0; i--)
            if (keys[i] == key) return i;
        return -1;
    }
}
