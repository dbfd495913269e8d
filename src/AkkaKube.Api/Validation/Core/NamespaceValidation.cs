using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>Namespaces, their status, and the finalizers that hold them.</summary>
internal static class NamespaceValidation
{
    private static readonly FieldPath Finalizers = new FieldPath("spec").Child("finalizers");

    public static void CheckCreate(FieldErrors errors, Namespace ns)
    {
        ObjectMetaValidation.CheckCore(errors, ns.Metadata, namespaced: false, Names.LabelName);
        foreach (var finalizer in ns.Spec.Finalizers) CheckFinalizer(errors, Finalizers, finalizer);
    }

    public static void CheckUpdate(FieldErrors errors, Namespace ns, Namespace old) => ObjectMetaValidation.CheckCoreUpdate(errors, ns.Metadata, old.Metadata);

    public static void CheckStatusUpdate(FieldErrors errors, Namespace ns, Namespace old)
    {
        ObjectMetaValidation.CheckCoreUpdate(errors, ns.Metadata, old.Metadata);
        var path = new FieldPath("status").Child("Phase");
        if (ns.Metadata.DeletionTimestamp is null)
        {
            if (ns.Status.Phase != "Active") errors.Invalid(path, ns.Status.Phase, "may only be 'Active' if `deletionTimestamp` is empty");
        }
        else if (ns.Status.Phase != "Terminating") errors.Invalid(path, ns.Status.Phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
    }

    public static void CheckFinalizeUpdate(FieldErrors errors, Namespace ns, Namespace old)
    {
        ObjectMetaValidation.CheckCoreUpdate(errors, ns.Metadata, old.Metadata);
        for (var i = 0; i < ns.Spec.Finalizers.Count; i++) CheckFinalizer(errors, Finalizers.Index(i), ns.Spec.Finalizers[i]);
    }

    private static void CheckFinalizer(FieldErrors errors, FieldPath path, string finalizer)
    {
        Labels.CheckKey(errors, path, finalizer);
        if (!finalizer.Contains('/', StringComparison.Ordinal) && !ObjectMetaValidation.IsStandardFinalizer(finalizer))
            errors.Invalid(path, finalizer, "name is neither a standard finalizer name nor is it fully qualified");
    }
}
