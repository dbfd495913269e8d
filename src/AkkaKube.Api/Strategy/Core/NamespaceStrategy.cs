using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Validation;
using AkkaKube.Api.Validation.Core;

namespace AkkaKube.Api.Strategy.Core;

/// <summary>Namespaces: born active, with the finalizer that empties them, and labelled with their name.</summary>
internal class NamespaceStrategy : KindStrategy<Namespace>
{
    private const string Finalizer = "kubernetes";
    private const string NameLabel = "kubernetes.io/metadata.name";

    public override bool IsNamespaced => false;

    public override ValueList<string> ResetFields => ["status"];

    protected override Namespace Prepare(Namespace created) => created with
    {
        Status = new NamespaceStatus { Phase = "Active" },
        Spec = created.Spec.Finalizers.Contains(Finalizer) ? created.Spec : created.Spec with { Finalizers = created.Spec.Finalizers.Add(Finalizer) },
    };

    protected override Namespace Prepare(Namespace updated, Namespace old) => updated with
    {
        Spec = updated.Spec with { Finalizers = old.Spec.Finalizers },
        Status = old.Status,
    };

    protected override void Check(FieldErrors errors, Namespace created) => NamespaceValidation.CheckCreate(errors, created);

    protected override void Check(FieldErrors errors, Namespace updated, Namespace old) => NamespaceValidation.CheckUpdate(errors, updated, old);

    protected override Namespace Canonical(Namespace valid)
    {
        var meta = valid.Metadata;
        return meta.Labels.TryGetValue(NameLabel, out var label) && label == meta.Name
            ? valid
            : valid with { Metadata = meta with { Labels = meta.Labels.SetItem(NameLabel, meta.Name ?? "") } };
    }
}

/// <summary>The status of namespaces.</summary>
internal sealed class NamespaceStatusStrategy : NamespaceStrategy
{
    public override ValueList<string> ResetFields => ["spec"];

    protected override Namespace Prepare(Namespace updated, Namespace old) => updated with { Spec = old.Spec };

    protected override void Check(FieldErrors errors, Namespace updated, Namespace old) => NamespaceValidation.CheckStatusUpdate(errors, updated, old);
}

/// <summary>The finalizers of namespaces.</summary>
internal sealed class NamespaceFinalizeStrategy : NamespaceStrategy
{
    protected override Namespace Prepare(Namespace updated, Namespace old) => updated with { Status = old.Status };

    protected override void Check(FieldErrors errors, Namespace updated, Namespace old) => NamespaceValidation.CheckFinalizeUpdate(errors, updated, old);
}
