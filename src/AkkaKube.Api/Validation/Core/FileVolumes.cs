using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>Volumes whose files the kubelet writes: of a Secret, of a ConfigMap, of the pod itself.</summary>
internal static class FileVolumes
{
    public static void Check(FieldErrors errors, FieldPath path, SecretVolumeSource source)
    {
        if (string.IsNullOrEmpty(source.SecretName)) errors.Required(path.Child("secretName"));
        CheckMode(errors, path, "defaultMode", source.DefaultMode);
        CheckItems(errors, path.Child("items"), source.Items);
    }

    public static void Check(FieldErrors errors, FieldPath path, ConfigMapVolumeSource source)
    {
        if (string.IsNullOrEmpty(source.Name)) errors.Required(path.Child("name"));
        CheckMode(errors, path, "defaultMode", source.DefaultMode);
        CheckItems(errors, path.Child("items"), source.Items);
    }

    public static void Check(FieldErrors errors, FieldPath path, DownwardAPIVolumeSource source)
    {
        CheckMode(errors, path, "defaultMode", source.DefaultMode);
        foreach (var file in source.Items) Check(errors, path, file);
    }

    public static void Check(FieldErrors errors, FieldPath path, DownwardAPIVolumeFile file)
    {
        if (file.Path.Length == 0) errors.Required(path.Child("path"));
        LocalPaths.CheckNotReserved(errors, path.Child("path"), file.Path);
        if (file.FieldRef is { } field)
        {
            FieldReferences.CheckVolumeField(errors, path.Child("fieldRef"), field);
            if (file.ResourceFieldRef is not null) errors.Invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
        }
        else if (file.ResourceFieldRef is { } resource) FieldReferences.CheckResource(errors, path.Child("resourceFieldRef"), resource, volume: true);
        else errors.Required(path, "one of fieldRef and resourceFieldRef is required");
        CheckMode(errors, path, "mode", file.Mode);
    }

    public static void Check(FieldErrors errors, FieldPath path, KeyToPath item)
    {
        if (item.Key.Length == 0) errors.Required(path.Child("key"));
        if (item.Path.Length == 0) errors.Required(path.Child("path"));
        LocalPaths.CheckNotReserved(errors, path.Child("path"), item.Path);
        CheckMode(errors, path, "mode", item.Mode);
    }

    public static void CheckMode(FieldErrors errors, FieldPath path, string name, int? mode)
    {
        if (!Rules.IsFileMode(mode)) errors.Invalid(path.Child(name), mode!.Value, Rules.FileMode);
    }

    private static void CheckItems(FieldErrors errors, FieldPath path, ValueList<KeyToPath> items)
    {
        for (var i = 0; i < items.Count; i++) Check(errors, path.Index(i), items[i]);
    }
}
