using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>A volume that several sources write files into; no two may write the same one.</summary>
internal static class ProjectedVolumes
{
    public static void Check(FieldErrors errors, FieldPath path, ProjectedVolumeSource source)
    {
        FileVolumes.CheckMode(errors, path, "defaultMode", source.DefaultMode);
        var paths = new HashSet<string>();
        for (var i = 0; i < source.Sources.Count; i++)
        {
            var projection = source.Sources[i];
            var place = path.Child("sources").Index(i);
            var count = 0;
            if (projection.Secret is { } secret)
            {
                count++;
                CheckItems(errors, path, place.Child("secret"), secret.Name, secret.Items, paths);
            }
            if (projection.ConfigMap is { } configMap)
            {
                count++;
                CheckItems(errors, path, place.Child("configMap"), configMap.Name, configMap.Items, paths);
            }
            if (projection.DownwardAPI is { } downward)
            {
                count++;
                foreach (var file in downward.Items)
                {
                    FileVolumes.Check(errors, place.Child("downwardAPI"), file);
                    CheckUnique(errors, path, file.Path, file.Path, paths);
                }
            }
            if (projection.ServiceAccountToken is { } token)
            {
                count++;
                CheckToken(errors, path, place.Child("serviceAccountToken"), token);
            }
            if (projection.ClusterTrustBundle is { } bundle)
            {
                count++;
                CheckBundle(errors, place.Child("clusterTrustBundle"), bundle);
                CheckUnique(errors, path, bundle.Path, bundle.Path, paths);
            }
            if (count > 1) errors.Forbidden(place, "may not specify more than 1 volume type per source");
        }
    }

    private static void CheckItems(FieldErrors errors, FieldPath volume, FieldPath path, string? name, ValueList<KeyToPath> items, HashSet<string> paths)
    {
        if (string.IsNullOrEmpty(name)) errors.Required(path.Child("name"));
        for (var i = 0; i < items.Count; i++)
        {
            FileVolumes.Check(errors, path.Child("items").Index(i), items[i]);
            CheckUnique(errors, volume, items[i].Path, name, paths);
        }
    }

    private static void CheckUnique(FieldErrors errors, FieldPath volume, string path, string? shown, HashSet<string> paths)
    {
        if (path.Length > 0 && !paths.Add(path)) errors.Invalid(volume, shown, "conflicting duplicate paths");
    }

    private static void CheckToken(FieldErrors errors, FieldPath volume, FieldPath path, ServiceAccountTokenProjection token)
    {
        var seconds = token.ExpirationSeconds ?? 3600;
        if (seconds < 10 * 60) errors.Invalid(path.Child("expirationSeconds"), seconds, "may not specify a duration less than 10 minutes");
        if (seconds > 1L << 32) errors.Invalid(path.Child("expirationSeconds"), seconds, "may not specify a duration larger than 2^32 seconds");
        if (token.Path.Length == 0) errors.Required(volume.Child("path"));
        else LocalPaths.CheckNotReserved(errors, volume.Child("path"), token.Path);
    }

    private static void CheckBundle(FieldErrors errors, FieldPath path, ClusterTrustBundleProjection bundle)
    {
        switch (bundle)
        {
            case { Name: not null, SignerName: not null }:
                errors.InvalidShown(path, $"{{\"Name\":{GoText.Json(bundle.Name)},\"SignerName\":{GoText.Json(bundle.SignerName)}}}", "only one of name and signerName may be used");
                break;
            case { Name: { } name }:
                if (name.Length == 0) errors.Required(path.Child("name"), "must be a valid object name");
                foreach (var message in Names.Subdomain(name)) errors.Invalid(path.Child("name"), name, "not a valid clustertrustbundlename: " + message);
                if (bundle.LabelSelector is { } selector) errors.InvalidShown(path.Child("labelSelector"), GoText.Selector(selector), "labelSelector must be unset if name is specified");
                break;
            case { SignerName: { } signer }:
                if (signer.Length == 0) errors.Required(path.Child("signerName"), "must be a valid signer name");
                Labels.CheckSelector(errors, path.Child("labelSelector"), bundle.LabelSelector);
                break;
            default:
                errors.Required(path, "either name or signerName must be specified");
                break;
        }
        if (bundle.Path.Length == 0) errors.Required(path.Child("path"));
        LocalPaths.CheckNotReserved(errors, path.Child("path"), bundle.Path);
    }
}
