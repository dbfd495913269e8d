using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>Volumes of one product each, from before CSI; the API still has them.</summary>
internal static class OldVolumes
{
    private const string Partition = "must be between 1 and 255, inclusive";
    private const string HostPorts = "must be a host:port pair or multiple pairs separated by commas";

    public static void Check(FieldErrors errors, FieldPath path, GitRepoVolumeSource source)
    {
        Require(errors, path, "repository", source.Repository);
        LocalPaths.CheckDescending(errors, path.Child("directory"), source.Directory ?? "");
    }

    public static void Check(FieldErrors errors, FieldPath path, GCEPersistentDiskVolumeSource source)
    {
        Require(errors, path, "pdName", source.PdName);
        if (source.Partition is < 0 or > 255) errors.Invalid(path.Child("partition"), source.Partition, Partition);
    }

    public static void Check(FieldErrors errors, FieldPath path, AWSElasticBlockStoreVolumeSource source)
    {
        Require(errors, path, "volumeID", source.VolumeID);
        if (source.Partition is < 0 or > 255) errors.Invalid(path.Child("partition"), source.Partition, Partition);
    }

    public static void Check(FieldErrors errors, FieldPath path, GlusterfsVolumeSource source)
    {
        Require(errors, path, "endpoints", source.Endpoints);
        Require(errors, path, "path", source.Path);
    }

    public static void Check(FieldErrors errors, FieldPath path, FlockerVolumeSource source)
    {
        var (name, uuid) = (source.DatasetName ?? "", source.DatasetUUID ?? "");
        if (name.Length == 0 && uuid.Length == 0) errors.Required(path, "one of datasetName and datasetUUID is required");
        if (name.Length > 0 && uuid.Length > 0) errors.Invalid(path, "resource", "datasetName and datasetUUID can not be specified simultaneously");
        if (name.Contains('/', StringComparison.Ordinal)) errors.Invalid(path.Child("datasetName"), name, "must not contain '/'");
    }

    public static void Check(FieldErrors errors, FieldPath path, RBDVolumeSource source)
    {
        if (source.Monitors.Count == 0) errors.Required(path.Child("monitors"));
        Require(errors, path, "image", source.Image);
    }

    public static void Check(FieldErrors errors, FieldPath path, CinderVolumeSource source)
    {
        Require(errors, path, "volumeID", source.VolumeID);
        RequireSecret(errors, path, source.SecretRef);
    }

    public static void Check(FieldErrors errors, FieldPath path, QuobyteVolumeSource source)
    {
        if (source.Registry.Length == 0) errors.Required(path.Child("registry"), HostPorts);
        else if (source.Tenant is { Length: >= 65 }) errors.Required(path.Child("tenant"), "must be a UUID and may not exceed a length of 64 characters");
        else
            foreach (var pair in source.Registry.Split(','))
                if (!IsHostPort(pair)) errors.Invalid(path.Child("registry"), source.Registry, HostPorts);
        Require(errors, path, "volume", source.Volume);
    }

    public static void Check(FieldErrors errors, FieldPath path, FlexVolumeSource source)
    {
        Require(errors, path, "driver", source.Driver);
        foreach (var (key, _) in source.Options)
        {
            var slash = key.IndexOf('/');
            var domain = "." + (slash < 0 ? key : key[..slash]).ToLowerInvariant();
            if (domain.EndsWith(".kubernetes.io", StringComparison.Ordinal) || domain.EndsWith(".k8s.io", StringComparison.Ordinal))
                errors.Invalid(path.Child("options").Key(key), key, "kubernetes.io and k8s.io namespaces are reserved");
        }
    }

    public static void Check(FieldErrors errors, FieldPath path, AzureFileVolumeSource source)
    {
        Require(errors, path, "secretName", source.SecretName);
        Require(errors, path, "shareName", source.ShareName);
    }

    public static void Check(FieldErrors errors, FieldPath path, AzureDiskVolumeSource source)
    {
        Require(errors, path, "diskName", source.DiskName);
        Require(errors, path, "diskURI", source.DiskURI);
        if (source.CachingMode is { } caching && caching is not ("None" or "ReadOnly" or "ReadWrite"))
            errors.NotSupported(path.Child("cachingMode"), caching, "None", "ReadOnly", "ReadWrite");
        if (source.Kind is not { } kind) return;
        if (kind is not ("Dedicated" or "Managed" or "Shared")) errors.NotSupported(path.Child("kind"), kind, "Dedicated", "Managed", "Shared");
        if (kind == "Managed" && !source.DiskURI.StartsWith("/subscriptions/", StringComparison.Ordinal))
            errors.NotSupported(path.Child("diskURI"), source.DiskURI, "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}");
        if (kind != "Managed" && !source.DiskURI.StartsWith("https://", StringComparison.Ordinal))
            errors.NotSupported(path.Child("diskURI"), source.DiskURI, "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd");
    }

    public static void Check(FieldErrors errors, FieldPath path, StorageOSVolumeSource source)
    {
        if (string.IsNullOrEmpty(source.VolumeName)) errors.Required(path.Child("volumeName"));
        else errors.Invalid(path.Child("volumeName"), source.VolumeName, Names.Label(source.VolumeName));
        if (!string.IsNullOrEmpty(source.VolumeNamespace)) errors.Invalid(path.Child("volumeNamespace"), source.VolumeNamespace, Names.Label(source.VolumeNamespace));
        RequireSecret(errors, path, source.SecretRef);
    }

    public static void Check(FieldErrors errors, FieldPath path, ScaleIOVolumeSource source)
    {
        Require(errors, path, "gateway", source.Gateway);
        Require(errors, path, "system", source.System);
        Require(errors, path, "volumeName", source.VolumeName);
    }

    private static void Require(FieldErrors errors, FieldPath path, string name, string? value)
    {
        if (string.IsNullOrEmpty(value)) errors.Required(path.Child(name));
    }

    private static void RequireSecret(FieldErrors errors, FieldPath path, LocalObjectReference? secret)
    {
        if (secret is not null && string.IsNullOrEmpty(secret.Name)) errors.Required(path.Child("secretRef", "name"));
    }

    private static bool IsHostPort(string pair)
    {
        var colon = pair.LastIndexOf(':');
        if (colon < 0) return false;
        return pair.StartsWith('[') ? colon > 0 && pair[colon - 1] == ']' : pair.IndexOf(':') == colon;
    }
}
