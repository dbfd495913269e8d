using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>Requests and limits of containers, of pods, of overhead and of nodes.</summary>
internal static class ResourceValidation
{
    public static void CheckContainer(FieldErrors errors, FieldPath path, ResourceRequirements resources, HashSet<string>? claims, in PodValidationOptions options)
    {
        if (resources.Limits.Count == 0 && resources.Requests.Count == 0 && resources.Claims.Count == 0) return;
        Check(errors, path, resources, claims, CheckContainerName, options);
    }

    public static void CheckPod(FieldErrors errors, FieldPath path, PodSpec spec, HashSet<string>? claims, in PodValidationOptions options)
    {
        if (spec.Resources is not { } resources) return;
        if (resources.Claims.Count > 0) errors.Forbidden(path.Child("claims"), "claims cannot be set for Resources at pod-level");
        Check(errors, path, resources, claims, CheckPodName, options);
        CheckConsistency(errors, path, spec, resources);
    }

    public static void CheckOverhead(FieldErrors errors, FieldPath path, ValueMap<Quantity> overhead, in PodValidationOptions options) =>
        CheckContainer(errors, path, new ResourceRequirements { Limits = overhead }, null, options);

    /// <summary>A quantity is not negative, and whole where only whole ones make sense.</summary>
    public static void CheckQuantity(FieldErrors errors, FieldPath path, string name, Quantity quantity)
    {
        if (quantity.CompareTo(default) < 0) errors.Invalid(path, quantity.ToString(), Rules.IsNegative);
        if (ResourceNames.IsInteger(name) && quantity.MilliValue % 1000 != 0) errors.Invalid(path, quantity.ToString(), Rules.IsNotInteger);
    }

    private static void Check(
        FieldErrors errors, FieldPath path, ResourceRequirements resources, HashSet<string>? claims, Action<FieldErrors, FieldPath, string> checkName, in PodValidationOptions options)
    {
        var (limitsPath, requestsPath) = (path.Child("limits"), path.Child("requests"));
        bool basic = false, huge = false;
        foreach (var (name, quantity) in resources.Limits)
        {
            CheckOne(errors, limitsPath.Key(name), name, quantity, checkName, options);
            basic |= name is "cpu" or "memory";
            huge |= ResourceNames.IsHugePages(name);
        }
        foreach (var (name, quantity) in resources.Requests)
        {
            var key = requestsPath.Key(name);
            checkName(errors, key, name);
            CheckQuantity(errors, key, name, quantity);
            CheckAgainstLimit(errors, limitsPath, requestsPath, resources, name, quantity);
            CheckHugePages(errors, key, name, quantity, options);
            basic |= name is "cpu" or "memory";
            huge |= ResourceNames.IsHugePages(name);
        }
        if (!basic && huge) errors.Forbidden(path, "HugePages require cpu or memory");
        CheckClaims(errors, path, resources.Claims, claims);
    }

    private static void CheckOne(
        FieldErrors errors, FieldPath path, string name, Quantity quantity, Action<FieldErrors, FieldPath, string> checkName, in PodValidationOptions options)
    {
        checkName(errors, path, name);
        CheckQuantity(errors, path, name, quantity);
        CheckHugePages(errors, path, name, quantity, options);
    }

    private static void CheckAgainstLimit(
        FieldErrors errors, FieldPath limitsPath, FieldPath requestsPath, ResourceRequirements resources, string name, Quantity quantity)
    {
        if (resources.Limits.TryGetValue(name, out var limit))
        {
            var order = quantity.CompareTo(limit);
            if (order != 0 && !ResourceNames.AllowsOvercommit(name)) errors.Invalid(requestsPath, quantity.ToString(), $"must be equal to {name} limit of {limit}");
            else if (order > 0) errors.Invalid(requestsPath, quantity.ToString(), $"must be less than or equal to {name} limit of {limit}");
        }
        else if (!ResourceNames.AllowsOvercommit(name)) errors.Required(limitsPath, "Limit must be set for non overcommitable resources");
    }

    private static void CheckHugePages(FieldErrors errors, FieldPath path, string name, Quantity quantity, in PodValidationOptions options)
    {
        if (ResourceNames.IsHugePages(name) && !options.AllowIndivisibleHugePages && !ResourceNames.IsDivisible(name, quantity))
            errors.Invalid(path, quantity.ToString(), $"{quantity} is not positive integer multiple of {name}");
    }

    private static bool CheckResourceName(FieldErrors errors, FieldPath path, string name)
    {
        if (Labels.Key(name) is { Length: > 0 } wrong) errors.Invalid(path, name, wrong);
        else if (!name.Contains('/', StringComparison.Ordinal) && !ResourceNames.IsStandard(name))
            errors.Invalid(path, name, "must be a standard resource type or fully qualified");
        else return true;
        return false;
    }

    private static void CheckContainerName(FieldErrors errors, FieldPath path, string name)
    {
        if (name is "cpu" or "memory") return;
        CheckResourceName(errors, path, name);
        if (!name.Contains('/', StringComparison.Ordinal))
        {
            if (!ResourceNames.IsStandardOfContainer(name)) errors.Invalid(path, name, "must be a standard resource for containers");
        }
        else if (!ResourceNames.IsNative(name) && !ResourceNames.IsExtended(name)) errors.Invalid(path, name, "doesn't follow extended resource name standard");
    }

    private static void CheckPodName(FieldErrors errors, FieldPath path, string name)
    {
        if (CheckResourceName(errors, path, name) && !ResourceNames.IsOfPod(name)) errors.NotSupported(path, name, "cpu", "hugepages-", "memory");
    }

    private static void CheckClaims(FieldErrors errors, FieldPath path, ValueList<ResourceClaim> claims, HashSet<string>? known)
    {
        if (claims.Count == 0) return;
        var seen = new HashSet<string>();
        for (var i = 0; i < claims.Count; i++)
        {
            var claim = claims[i];
            var place = path.Child("claims").Index(i);
            if (claim.Name.Length == 0)
            {
                errors.Required(place);
                continue;
            }
            CheckClaimUnique(errors, place, claim, seen);
            if (known?.Contains(claim.Name) is true) continue;
            errors.NotFound(place, claim.Name, known is null or { Count: 0 }
                ? "must be one of the names in pod.spec.resourceClaims which is empty"
                : $"must be one of the names in pod.spec.resourceClaims: {string.Join(", ", known.Order(StringComparer.Ordinal))}");
        }
    }

    private static void CheckClaimUnique(FieldErrors errors, FieldPath place, ResourceClaim claim, HashSet<string> seen)
    {
        if (seen.Contains(claim.Name))
        {
            errors.Duplicate(place, claim.Name);
            return;
        }
        var key = claim.Name;
        if (!string.IsNullOrEmpty(claim.Request))
        {
            errors.Invalid(place.Child("request"), claim.Request, Names.Label(claim.Request));
            key += "/" + claim.Request;
        }
        if (seen.Contains(key)) errors.Duplicate(place, key);
        else if (string.IsNullOrEmpty(claim.Request))
            foreach (var other in seen)
                if (other.StartsWith(claim.Name + "/", StringComparison.Ordinal)) errors.Duplicate(place, claim.Name);
        seen.Add(key);
    }

    /// <summary>A pod's own requests cover those of its containers, and no container may have more than the pod.</summary>
    private static void CheckConsistency(FieldErrors errors, FieldPath path, PodSpec spec, ResourceRequirements resources)
    {
        foreach (var (name, total) in PodResources.AggregateRequests(spec))
        {
            var own = resources.Requests.TryGetValue(name, out var request) ? request : default;
            if (total.CompareTo(own) > 0)
                errors.Invalid(path.Child("requests").Key(name), own.ToString(), $"must be greater than or equal to aggregate container requests of {total}");
        }
        for (var i = 0; i < spec.Containers.Count; i++)
            foreach (var (name, limit) in spec.Containers[i].Resources.Limits)
                if (resources.Limits.TryGetValue(name, out var own) && limit.CompareTo(own) > 0)
                    errors.Invalid(path.Child("containers").Index(i).Key(name).Child("limits"), limit.ToString(), $"must be less than or equal to pod limits of {own}");
    }
}
