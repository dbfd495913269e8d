using AkkaKube.Api.Coordination.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Coordination;

/// <summary>Leases: durations, counts, and the strategy by which the next holder is chosen.</summary>
internal static class LeaseValidation
{
    private static readonly FieldPath Spec = new("spec");

    public static void CheckCreate(FieldErrors errors, Lease lease)
    {
        ObjectMetaValidation.Check(errors, lease.Metadata, namespaced: true, Names.SubdomainName);
        CheckSpec(errors, lease.Spec);
    }

    public static void CheckUpdate(FieldErrors errors, Lease lease, Lease old)
    {
        ObjectMetaValidation.CheckUpdate(errors, lease.Metadata, old.Metadata);
        CheckSpec(errors, lease.Spec);
    }

    private static void CheckSpec(FieldErrors errors, LeaseSpec spec)
    {
        if (spec.LeaseDurationSeconds is { } duration and <= 0) errors.Invalid(Spec.Child("leaseDurationSeconds"), duration, "must be greater than 0");
        if (spec.LeaseTransitions is { } transitions) errors.NonNegative(Spec, "leaseTransitions", transitions);
        if (spec.Strategy is { } strategy)
        {
            var path = Spec.Child("strategy");
            if (strategy.Contains('/', StringComparison.Ordinal)) errors.Invalid(path.Child("strategy"), strategy, Labels.Key(strategy));
            else if (strategy != "OldestEmulationVersion") errors.NotSupported(path.Child("strategy"), strategy, "OldestEmulationVersion");
        }
        if (!string.IsNullOrEmpty(spec.PreferredHolder) && string.IsNullOrEmpty(spec.Strategy))
            errors.Forbidden(Spec.Child("preferredHolder"), "may only be specified if `strategy` is defined");
    }
}
