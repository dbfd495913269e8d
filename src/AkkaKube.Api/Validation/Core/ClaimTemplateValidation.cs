using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Validation.Core;

/// <summary>The claim that an ephemeral volume asks to be made for the pod.</summary>
internal static class ClaimTemplateValidation
{
    private static readonly string[] AccessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

    public static void Check(FieldErrors errors, FieldPath volumePath, Volume volume, ObjectMeta? pod)
    {
        var path = volumePath.Child("ephemeral", "volumeClaimTemplate");
        if (volume.Ephemeral!.VolumeClaimTemplate is not { } template) errors.Required(path);
        else
        {
            CheckMetadata(errors, path.Child("metadata"), template.Metadata);
            CheckSpec(errors, path.Child("spec"), template.Spec);
        }
        if (string.IsNullOrEmpty(pod?.Name) || volume.Name.Length == 0) return;
        var claim = $"{pod.Name}-{volume.Name}";
        foreach (var message in Names.Subdomain(claim)) errors.Invalid(volumePath.Child("name"), volume.Name, $"PVC name {ShownValue.Of(claim)}: {message}");
    }

    private static void CheckMetadata(FieldErrors errors, FieldPath path, ObjectMeta meta)
    {
        Labels.CheckAnnotations(errors, path.Child("annotations"), meta.Annotations);
        Labels.Check(errors, path.Child("labels"), meta.Labels);
        Unset(errors, path, "name", string.IsNullOrEmpty(meta.Name));
        Unset(errors, path, "generateName", string.IsNullOrEmpty(meta.GenerateName));
        Unset(errors, path, "namespace", string.IsNullOrEmpty(meta.Namespace));
        Unset(errors, path, "selfLink", string.IsNullOrEmpty(meta.SelfLink));
        Unset(errors, path, "uID", string.IsNullOrEmpty(meta.Uid));
        Unset(errors, path, "resourceVersion", string.IsNullOrEmpty(meta.ResourceVersion));
        Unset(errors, path, "generation", meta.Generation == 0);
        Unset(errors, path, "deletionGracePeriodSeconds", meta.DeletionGracePeriodSeconds is null);
        Unset(errors, path, "ownerReferences", meta.OwnerReferences.Count == 0);
        Unset(errors, path, "finalizers", meta.Finalizers.Count == 0);
        Unset(errors, path, "managedFields", meta.ManagedFields.Count == 0);
    }

    private static void Unset(FieldErrors errors, FieldPath path, string field, bool unset)
    {
        if (!unset) errors.Forbidden(path.Child(field), "cannot be set");
    }

    private static void CheckSpec(FieldErrors errors, FieldPath path, PersistentVolumeClaimSpec spec)
    {
        if (spec.AccessModes.Count == 0) errors.Required(path.Child("accessModes"), "at least 1 access mode is required");
        Labels.CheckSelector(errors, path.Child("selector"), spec.Selector);
        bool alone = false, shared = false;
        foreach (var mode in spec.AccessModes)
        {
            var known = Array.IndexOf(AccessModes, mode) >= 0;
            if (!known) errors.NotSupported(path.Child("accessModes"), mode, AccessModes);
            alone |= mode == "ReadWriteOncePod";
            shared |= known && mode != "ReadWriteOncePod";
        }
        if (alone && shared) errors.Forbidden(path.Child("accessModes"), "may not use ReadWriteOncePod with other access modes");

        var storage = path.Child("resources").Key("storage");
        if (!spec.Resources.Requests.TryGetValue("storage", out var request)) errors.Required(storage);
        else if (request.CompareTo(default) <= 0) errors.Invalid(storage, request.ToString(), Rules.IsNotPositive);

        CheckName(errors, path.Child("storageClassName"), spec.StorageClassName);
        if (spec.VolumeMode is { } mode2 && mode2 is not ("Block" or "Filesystem")) errors.NotSupported(path.Child("volumeMode"), mode2, "Block", "Filesystem");
        CheckSource(errors, path, spec);
        CheckName(errors, path.Child("volumeAttributesClassName"), spec.VolumeAttributesClassName);
    }

    private static void CheckSource(FieldErrors errors, FieldPath path, PersistentVolumeClaimSpec spec)
    {
        if (spec.DataSource is { } source) CheckReference(errors, path.Child("dataSource"), source.ApiGroup, source.Kind, source.Name);
        if (spec.DataSourceRef is not { } reference) return;
        CheckReference(errors, path.Child("dataSourceRef"), reference.ApiGroup, reference.Kind, reference.Name);
        if (!string.IsNullOrEmpty(reference.Namespace))
        {
            errors.Invalid(path.Child("dataSourceRef", "namespace"), reference.Namespace, Names.Label(reference.Namespace));
            if (spec.DataSource is not null) errors.InvalidShown(path, "{}", "may not be specified when dataSourceRef.namespace is specified");
        }
        else if (spec.DataSource is { } same && (same.ApiGroup != reference.ApiGroup || same.Kind != reference.Kind || same.Name != reference.Name))
            errors.InvalidShown(path, "{}", "must match dataSourceRef");
    }

    private static void CheckReference(FieldErrors errors, FieldPath path, string? group, string kind, string name)
    {
        if (name.Length == 0) errors.Required(path.Child("name"));
        if (kind.Length == 0) errors.Required(path.Child("kind"));
        if (string.IsNullOrEmpty(group))
        {
            if (kind != "PersistentVolumeClaim") errors.Invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
        }
        else errors.Invalid(path.Child("apiGroup"), group, Names.Subdomain(group));
    }

    private static void CheckName(FieldErrors errors, FieldPath path, string? name)
    {
        if (!string.IsNullOrEmpty(name)) errors.Invalid(path, name, Names.Subdomain(name));
    }
}
