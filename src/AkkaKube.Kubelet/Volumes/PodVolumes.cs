using System.Text;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Kubelet.Configuration;
using AkkaKube.Kubelet.Environment;
using AkkaKube.Runtime;
using KeyToPath = AkkaKube.Api.Core.V1.KeyToPath;
using VolumeSource = AkkaKube.Runtime.VolumeSource;

namespace AkkaKube.Kubelet.Volumes;

/// <summary>What is in a pod's volumes.</summary>
internal static class PodVolumes
{
    /// <summary>The content of one volume.</summary>
    /// <exception cref="ConfigException">Something the volume is made of is missing; the text ends the FailedMount event.</exception>
    public static VolumeSource Of(Pod pod, Volume volume, PodPlace place, ReferencedObjects objects, IServiceAccountTokens tokens, DateTimeOffset now)
    {
        if (volume.ConfigMap is { } map)
        {
            var found = objects.ConfigMap(pod.Metadata.Namespace, map.Name);
            if (found is null && map.Optional != true) throw new ConfigException($"configmap \"{map.Name}\" not found");
            return Files(Select(Content(found), map.Items, map.DefaultMode, map.Optional == true));
        }
        if (volume.Secret is { } secret)
        {
            var found = objects.Secret(pod.Metadata.Namespace, secret.SecretName);
            if (found is null && secret.Optional != true) throw new ConfigException($"secret \"{secret.SecretName}\" not found");
            return Files(Select(Content(found), secret.Items, secret.DefaultMode, secret.Optional == true));
        }
        if (volume.DownwardAPI is { } downward) return Files(Downward(pod, downward.Items, downward.DefaultMode, place));
        if (volume.Projected is { } projected)
        {
            // The volume that admission adds to every pod names what publishers bring later, or, in a cluster without them, never.
            var lenient = volume.Name.StartsWith("kube-api-access-", StringComparison.Ordinal);
            return Files(projected.Sources.SelectMany(s => Projected(pod, s, projected.DefaultMode, lenient, place, objects, tokens, now)));
        }
        // Every other kind of volume is a directory that starts empty: the emulation has no disks behind it.
        return new VolumeSource.Empty();
    }

    private static IEnumerable<KeyValuePair<string, FileEntry>> Projected(Pod pod, VolumeProjection source, int? mode, bool lenient, PodPlace place, ReferencedObjects objects, IServiceAccountTokens tokens, DateTimeOffset now)
    {
        if (source.ConfigMap is { } map)
        {
            var found = objects.ConfigMap(pod.Metadata.Namespace, map.Name);
            var optional = lenient || map.Optional == true;
            if (found is null && !optional) throw new ConfigException($"configmap \"{map.Name}\" not found");
            return Select(Content(found), map.Items, mode, optional);
        }
        if (source.Secret is { } secret)
        {
            var found = objects.Secret(pod.Metadata.Namespace, secret.Name);
            if (found is null && secret.Optional != true) throw new ConfigException($"secret \"{secret.Name}\" not found");
            return Select(Content(found), secret.Items, mode, secret.Optional == true);
        }
        if (source.DownwardAPI is { } downward) return Downward(pod, downward.Items, mode, place);
        if (source.ServiceAccountToken is { } token)
            return [Entry(token.Path, Encoding.UTF8.GetBytes(tokens.Issue(pod, token.Audience, TimeSpan.FromSeconds(token.ExpirationSeconds ?? 3600), now)), mode)];
        return [];
    }

    private static IEnumerable<KeyValuePair<string, FileEntry>> Downward(Pod pod, IEnumerable<DownwardAPIVolumeFile> items, int? mode, PodPlace place)
    {
        foreach (var item in items)
        {
            var value = item.FieldRef is { } field ? PodFields.Of(field.FieldPath, pod, place)
                : item.ResourceFieldRef is { } resource && pod.Spec.InitContainers.Concat(pod.Spec.Containers).FirstOrDefault(c => c.Name == resource.ContainerName) is { } container
                    ? PodFields.Of(resource, container, place) : null;
            if (value is not null) yield return Entry(item.Path, Encoding.UTF8.GetBytes(value), item.Mode ?? mode);
        }
    }

    private static IEnumerable<KeyValuePair<string, FileEntry>> Select(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> content, IReadOnlyList<KeyToPath> items, int? mode, bool optional)
    {
        if (items.Count == 0)
        {
            foreach (var (key, bytes) in content) yield return Entry(key, bytes, mode);
            yield break;
        }
        foreach (var item in items)
        {
            if (content.TryGetValue(item.Key, out var bytes)) yield return Entry(item.Path, bytes, item.Mode ?? mode);
            else if (!optional) throw new ConfigException($"references non-existent config key: {item.Key}");
        }
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Content(ConfigMap? map)
    {
        var content = new Dictionary<string, ReadOnlyMemory<byte>>();
        if (map is null) return content;
        foreach (var (key, text) in map.Data) content[key] = Encoding.UTF8.GetBytes(text);
        foreach (var (key, bytes) in map.BinaryData) content[key] = bytes.Memory;
        return content;
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Content(Secret? secret)
    {
        var content = new Dictionary<string, ReadOnlyMemory<byte>>();
        if (secret is null) return content;
        foreach (var (key, bytes) in secret.Data) content[key] = bytes.Memory;
        return content;
    }

    private static KeyValuePair<string, FileEntry> Entry(string path, ReadOnlyMemory<byte> content, int? mode) =>
        new(path, new FileEntry(content, mode ?? FileEntry.DefaultMode));

    private static VolumeSource.Files Files(IEnumerable<KeyValuePair<string, FileEntry>> entries)
    {
        var tree = new Dictionary<string, FileEntry>();
        foreach (var (path, entry) in entries) tree[path] = entry;
        return new VolumeSource.Files(new FileTree(tree));
    }
}
