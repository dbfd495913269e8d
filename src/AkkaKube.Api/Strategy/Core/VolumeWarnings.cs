using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Strategy.Core;

/// <summary>Volumes of retired kinds, and files of one volume that are in each other's way.</summary>
internal static class VolumeWarnings
{
    private readonly record struct File(string Path, string Source)
    {
        public override string ToString() => Source.Length == 0 ? ShownValue.Of(Path) : $"{ShownValue.Of(Path)} ({Source})";
    }

    public static void Retired(Warnings warnings, FieldPath path, Volume volume)
    {
        if (volume.PhotonPersistentDisk is not null) warnings.Add(path.Child("photonPersistentDisk"), "deprecated in v1.11, non-functional in v1.16+");
        if (volume.GitRepo is not null) warnings.Add(path.Child("gitRepo"), "deprecated in v1.11, and disabled by default in v1.33+");
        if (volume.ScaleIO is not null) warnings.Add(path.Child("scaleIO"), "deprecated in v1.16, non-functional in v1.22+");
        if (volume.Flocker is not null) warnings.Add(path.Child("flocker"), "deprecated in v1.22, non-functional in v1.25+");
        if (volume.Storageos is not null) warnings.Add(path.Child("storageOS"), "deprecated in v1.22, non-functional in v1.25+");
        if (volume.Quobyte is not null) warnings.Add(path.Child("quobyte"), "deprecated in v1.22, non-functional in v1.25+");
        if (volume.Glusterfs is not null) warnings.Add(path.Child("glusterfs"), "deprecated in v1.25, non-functional in v1.26+");
        if (volume.Cephfs is not null) warnings.Add(path.Child("cephfs"), "deprecated in v1.28, non-functional in v1.31+");
        if (volume.Rbd is not null) warnings.Add(path.Child("rbd"), "deprecated in v1.28, non-functional in v1.31+");
    }

    public static void Overlaps(Warnings warnings, Volume volume)
    {
        if (volume.ConfigMap is { Items.Count: > 0 } map) Report(warnings, volume.Name, $"ConfigMap {ShownValue.Of(map.Name)}", Files(map.Items, ""));
        if (volume.Secret is { Items.Count: > 0 } secret) Report(warnings, volume.Name, $"Secret {ShownValue.Of(secret.SecretName)}", Files(secret.Items, ""));
        if (volume.DownwardAPI is { Items.Count: > 0 } downward) Report(warnings, volume.Name, "DownwardAPI", Files(downward.Items, ""));
        if (volume.Projected is { } projected) Report(warnings, volume.Name, "Projected", projected.Sources.SelectMany(Files));
    }

    private static IEnumerable<File> Files(ValueList<KeyToPath> items, string source) => items.Select(item => new File(item.Path, source));

    private static IEnumerable<File> Files(ValueList<DownwardAPIVolumeFile> items, string source) => items.Select(item => new File(item.Path, source));

    private static IEnumerable<File> Files(VolumeProjection source)
    {
        if (source.ConfigMap is { } map) return Files(map.Items, $"ConfigMap {ShownValue.Of(map.Name)}");
        if (source.Secret is { } secret) return Files(secret.Items, $"Secret {ShownValue.Of(secret.Name)}");
        if (source.DownwardAPI is { } downward) return Files(downward.Items, "DownwardAPI");
        if (source.ServiceAccountToken is { } token) return [new File(token.Path, "ServiceAccountToken")];
        return source.ClusterTrustBundle is { } bundle ? [new File(bundle.Path, $"ClusterTrustBundle {ShownValue.Of(bundle.Name ?? bundle.SignerName)}")] : [];
    }

    private static void Report(Warnings warnings, string? volume, string description, IEnumerable<File> files)
    {
        var before = new List<File>();
        foreach (var given in files)
        {
            var file = given with { Path = given.Path.TrimEnd('/') };
            foreach (var other in before)
                if (IsWithin(file.Path, other.Path) || IsWithin(other.Path, file.Path))
                    warnings.Add($"volume {ShownValue.Of(volume)} ({description}): overlapping paths: {file} with {other}");
            before.Add(file);
        }
    }

    private static bool IsWithin(string path, string directory) =>
        path.StartsWith(directory, StringComparison.Ordinal) && (path.Length == directory.Length || path[directory.Length] == '/');
}
