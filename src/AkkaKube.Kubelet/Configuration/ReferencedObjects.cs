using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Configuration;

/// <summary>The ConfigMaps and Secrets that a pod names, as they were at one moment.</summary>
internal sealed class ReferencedObjects(IReadOnlyDictionary<ObjectKey, ConfigMap> configMaps, IReadOnlyDictionary<ObjectKey, Secret> secrets)
{
    public static readonly ReferencedObjects None = new(new Dictionary<ObjectKey, ConfigMap>(), new Dictionary<ObjectKey, Secret>());

    public ConfigMap? ConfigMap(string? space, string? name) => configMaps.GetValueOrDefault(new ObjectKey(space, name ?? ""));

    public Secret? Secret(string? space, string? name) => secrets.GetValueOrDefault(new ObjectKey(space, name ?? ""));
}

/// <summary>The names of the ConfigMaps and Secrets of one namespace that a pod names.</summary>
internal sealed record References(string Namespace, IReadOnlyList<string> ConfigMaps, IReadOnlyList<string> Secrets)
{
    public bool IsEmpty => ConfigMaps.Count == 0 && Secrets.Count == 0;

    /// <summary>All that the pod's variables and volumes name.</summary>
    public static References Of(Pod pod)
    {
        HashSet<string> maps = [], secrets = [];
        foreach (var container in pod.Spec.InitContainers.Concat(pod.Spec.Containers))
        {
            foreach (var source in container.EnvFrom)
            {
                if (source.ConfigMapRef?.Name is { } map) maps.Add(map);
                if (source.SecretRef?.Name is { } secret) secrets.Add(secret);
            }
            foreach (var variable in container.Env)
            {
                if (variable.ValueFrom?.ConfigMapKeyRef?.Name is { } map) maps.Add(map);
                if (variable.ValueFrom?.SecretKeyRef?.Name is { } secret) secrets.Add(secret);
            }
        }
        foreach (var pull in pod.Spec.ImagePullSecrets)
            if (pull.Name is { } name) secrets.Add(name);
        foreach (var volume in pod.Spec.Volumes)
        {
            if (volume.ConfigMap?.Name is { } map) maps.Add(map);
            if (volume.Secret?.SecretName is { } secret) secrets.Add(secret);
            foreach (var source in volume.Projected?.Sources ?? [])
            {
                if (source.ConfigMap?.Name is { } projected) maps.Add(projected);
                if (source.Secret?.Name is { } projectedSecret) secrets.Add(projectedSecret);
            }
        }
        return new References(pod.Metadata.Namespace ?? "", [.. maps], [.. secrets]);
    }
}
