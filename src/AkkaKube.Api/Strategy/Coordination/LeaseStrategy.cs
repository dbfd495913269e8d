using AkkaKube.Api.Coordination.V1;
using AkkaKube.Api.Validation;
using AkkaKube.Api.Validation.Coordination;

namespace AkkaKube.Api.Strategy.Coordination;

/// <summary>Leases. Two holders must never overwrite each other unknowingly, so an update has to say what it replaces.</summary>
internal sealed class LeaseStrategy : KindStrategy<Lease>
{
    public override bool AllowsCreateOnUpdate => true;

    public override bool AllowsUnconditionalUpdate => false;

    // Elections that the control plane coordinates are not enabled: their fields live on only where they already are.
    protected override Lease Prepare(Lease created) => Without(created, strategy: true, preferredHolder: true);

    protected override Lease Prepare(Lease updated, Lease old) => Without(updated, old.Spec.Strategy is null, old.Spec.PreferredHolder is null);

    protected override void Check(FieldErrors errors, Lease created) => LeaseValidation.CheckCreate(errors, created);

    protected override void Check(FieldErrors errors, Lease updated, Lease old) => LeaseValidation.CheckUpdate(errors, updated, old);

    private static Lease Without(Lease lease, bool strategy, bool preferredHolder)
    {
        var spec = lease.Spec;
        if ((!strategy || spec.Strategy is null) && (!preferredHolder || spec.PreferredHolder is null)) return lease;
        return lease with
        {
            Spec = spec with
            {
                Strategy = strategy ? null : spec.Strategy,
                PreferredHolder = preferredHolder ? null : spec.PreferredHolder,
            },
        };
    }
}
