using AkkaKube.Api.Errors;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Validation;

/// <summary>The metadata that every object has (Kubernetes: ValidateObjectMeta and ValidateObjectMetaUpdate).</summary>
internal static class ObjectMetaValidation
{
    public static readonly FieldPath Metadata = new("metadata");

    private static readonly FieldPath Name = Metadata.Child("name");
    private static readonly FieldPath LabelsPath = Metadata.Child("labels");
    private static readonly FieldPath Annotations = Metadata.Child("annotations");
    private static readonly FieldPath Finalizers = Metadata.Child("finalizers");
    private static readonly FieldPath OwnerReferences = Metadata.Child("ownerReferences");
    private static readonly FieldPath ManagedFields = Metadata.Child("managedFields");

    /// <summary>The metadata of a core kind: finalizers must be standard or fully qualified.</summary>
    public static void CheckCore(FieldErrors errors, ObjectMeta meta, bool namespaced, NameRule rule)
    {
        Check(errors, meta, namespaced, rule);
        CheckFinalizerNames(errors, meta);
    }

    public static void CheckCoreUpdate(FieldErrors errors, ObjectMeta meta, ObjectMeta old)
    {
        CheckUpdate(errors, meta, old);
        CheckFinalizerNames(errors, meta);
    }

    public static void Check(FieldErrors errors, ObjectMeta meta, bool namespaced, NameRule rule)
    {
        if (!string.IsNullOrEmpty(meta.GenerateName)) errors.Invalid(Metadata.Child("generateName"), meta.GenerateName, rule(meta.GenerateName, true));
        if (string.IsNullOrEmpty(meta.Name)) errors.Required(Name, "name or generateName is required");
        else errors.Invalid(Name, meta.Name, rule(meta.Name, false));

        if (namespaced)
        {
            if (string.IsNullOrEmpty(meta.Namespace)) errors.Required(Metadata.Child("namespace"));
            else if (!Names.IsLabel(meta.Namespace)) errors.Invalid(Metadata.Child("namespace"), meta.Namespace, Names.Label(meta.Namespace));
        }
        else if (!string.IsNullOrEmpty(meta.Namespace)) errors.Forbidden(Metadata.Child("namespace"), "not allowed on this type");

        errors.NonNegative(Metadata, "generation", meta.Generation);
        CheckCommon(errors, meta);
        CheckFinalizers(errors, meta.Finalizers);
        CheckManagedFields(errors, meta.ManagedFields);
    }

    public static void CheckUpdate(FieldErrors errors, ObjectMeta meta, ObjectMeta old)
    {
        if (old.DeletionTimestamp is not null) CheckNoNewFinalizers(errors, meta.Finalizers, old.Finalizers);
        if (string.IsNullOrEmpty(meta.ResourceVersion)) errors.Invalid(Metadata.Child("resourceVersion"), "", "must be specified for an update");
        errors.NonNegative(Metadata, "generation", meta.Generation);
        if (meta.Generation < old.Generation) errors.Invalid(Metadata.Child("generation"), meta.Generation, "must not be decremented");
        CheckSame(errors, "name", meta.Name, old.Name);
        CheckSame(errors, "namespace", meta.Namespace, old.Namespace);
        CheckSame(errors, "uid", meta.Uid, old.Uid);
        if (meta.CreationTimestamp != old.CreationTimestamp)
            errors.InvalidShown(Metadata.Child("creationTimestamp"), GoText.Time(meta.CreationTimestamp), Rules.Immutable);
        if (meta.DeletionTimestamp != old.DeletionTimestamp)
            errors.InvalidShown(Metadata.Child("deletionTimestamp"), GoText.Time(meta.DeletionTimestamp), Rules.Immutable);
        if (meta.DeletionGracePeriodSeconds != old.DeletionGracePeriodSeconds)
            errors.InvalidShown(Metadata.Child("deletionGracePeriodSeconds"), GoText.Number(meta.DeletionGracePeriodSeconds), Rules.Immutable);
        CheckCommon(errors, meta);
        CheckManagedFields(errors, meta.ManagedFields);
    }

    /// <summary>Whether a finalizer without a domain is one that Kubernetes knows.</summary>
    public static bool IsStandardFinalizer(string name) => name is "kubernetes" or "orphan" or "foregroundDeletion";

    private static void CheckCommon(FieldErrors errors, ObjectMeta meta)
    {
        Labels.Check(errors, LabelsPath, meta.Labels);
        Labels.CheckAnnotations(errors, Annotations, meta.Annotations);
        CheckOwners(errors, meta.OwnerReferences);
    }

    private static void CheckSame(FieldErrors errors, string field, string? value, string? old)
    {
        if ((value ?? "") != (old ?? "")) errors.Invalid(Metadata.Child(field), value, Rules.Immutable);
    }

    private static void CheckFinalizers(FieldErrors errors, ValueList<string> finalizers)
    {
        bool orphan = false, foreground = false;
        foreach (var finalizer in finalizers)
        {
            Labels.CheckKey(errors, Finalizers, finalizer);
            orphan |= finalizer == "orphan";
            foreground |= finalizer == "foregroundDeletion";
        }
        if (orphan && foreground) errors.InvalidShown(Finalizers, GoText.Strings(finalizers), "finalizer orphan and foregroundDeletion cannot be both set");
    }

    private static void CheckFinalizerNames(FieldErrors errors, ObjectMeta meta)
    {
        for (var i = 0; i < meta.Finalizers.Count; i++)
        {
            var finalizer = meta.Finalizers[i];
            if (!finalizer.Contains('/', StringComparison.Ordinal) && !IsStandardFinalizer(finalizer))
                errors.Invalid(Finalizers.Index(i), finalizer, "name is neither a standard finalizer name nor is it fully qualified");
        }
    }

    private static void CheckNoNewFinalizers(FieldErrors errors, ValueList<string> finalizers, ValueList<string> old)
    {
        SortedSet<string>? extra = null;
        foreach (var finalizer in finalizers)
            if (!old.Contains(finalizer)) (extra ??= new(StringComparer.Ordinal)).Add(finalizer);
        if (extra is not null)
            errors.Forbidden(Finalizers, $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{string.Join(", ", extra.Select(ShownValue.Of))}}}");
    }

    private static void CheckOwners(FieldErrors errors, ValueList<OwnerReference> owners)
    {
        string? controller = null;
        for (var i = 0; i < owners.Count; i++)
        {
            var owner = owners[i];
            var path = OwnerReferences.Index(i);
            if (string.IsNullOrEmpty(owner.ApiVersion)) errors.Required(path.Child("apiVersion"), "must not be empty");
            else if (!IsGroupVersion(owner.ApiVersion)) errors.Invalid(path.Child("apiVersion"), owner.ApiVersion, "must be <group>/<version> or <version>");
            if (string.IsNullOrEmpty(owner.Kind)) errors.Required(path.Child("kind"), "must not be empty");
            if (string.IsNullOrEmpty(owner.Name)) errors.Required(path.Child("name"), "must not be empty");
            if (string.IsNullOrEmpty(owner.Uid)) errors.Required(path.Child("uid"), "must not be empty");
            if (owner is { ApiVersion: "v1", Kind: "Event" })
                errors.InvalidShown(path, GoText.Owner(owner), "/v1, Kind=Event is disallowed from being an owner");
            if (owner.Controller is not true) continue;
            var name = $"{owner.Kind}/{owner.Name}";
            if (controller is null) controller = name;
            else errors.InvalidShown(OwnerReferences, GoText.Owners(owners),
                $"Only one reference can have Controller set to true. Found \"true\" in references for {controller} and {name}");
        }
    }

    private static bool IsGroupVersion(string apiVersion)
    {
        var slash = apiVersion.IndexOf('/');
        return apiVersion.IndexOf('/', slash + 1) < 0 && slash != apiVersion.Length - 1;
    }

    private static void CheckManagedFields(FieldErrors errors, ValueList<ManagedFieldsEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if (string.IsNullOrEmpty(entry.Operation)) errors.Required(ManagedFields.Index(i).Child("operation"), "must not be empty");
            else if (entry.Operation is not ("Apply" or "Update")) errors.NotSupported(ManagedFields.Index(i).Child("operation"), entry.Operation, "Apply", "Update");
            if (!string.IsNullOrEmpty(entry.FieldsType) && entry.FieldsType != "FieldsV1")
                errors.Invalid(ManagedFields.Index(i).Child("fieldsType"), entry.FieldsType, "must be `FieldsV1`");
            if (entry.Manager is { Length: > 128 }) errors.TooLong(ManagedFields.Index(i).Child("manager"), 128);
            if (entry.Subresource is { Length: > 256 }) errors.TooLong(ManagedFields.Index(i).Child("subresource"), 256);
        }
    }
}
