using System.Text;
using AkkaKube.Api.Core.V1;
using AkkaKube.Kubelet.Configuration;

namespace AkkaKube.Kubelet.Environment;

/// <summary>The environment of a container.</summary>
internal static class ContainerVariables
{
    /// <summary>All variables in order; later ones of the same name have replaced earlier ones.</summary>
    /// <exception cref="ConfigException">Something that the container must have is not there.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(Pod pod, Container container, PodPlace place, IEnumerable<Service> linkable, ReferencedObjects objects)
    {
        var names = new List<string>();
        var values = new Dictionary<string, string>();
        void Set(string name, string value)
        {
            if (values.TryAdd(name, value)) names.Add(name);
            else values[name] = value;
        }

        foreach (var source in container.EnvFrom) FromAll(pod, source, objects, Set);
        var serviceVariables = ServiceVariables.Of(linkable).ToDictionary(v => v.Key, v => v.Value);
        string? Lookup(string name) => values.TryGetValue(name, out var value) ? value : serviceVariables.GetValueOrDefault(name);
        foreach (var variable in container.Env)
        {
            if (variable.ValueFrom is null) Set(variable.Name, Expansion.Expand(variable.Value ?? "", Lookup));
            else if (From(pod, container, variable.ValueFrom, place, objects) is { } value) Set(variable.Name, value);
        }
        foreach (var (name, value) in serviceVariables)
            if (!values.ContainsKey(name)) Set(name, value);
        return [.. names.Select(n => new KeyValuePair<string, string>(n, values[n]))];
    }

    private static void FromAll(Pod pod, EnvFromSource source, ReferencedObjects objects, Action<string, string> set)
    {
        if (source.ConfigMapRef is { } map)
        {
            if (objects.ConfigMap(pod.Metadata.Namespace, map.Name) is not { } found)
            {
                if (map.Optional != true) throw new ConfigException($"configmap \"{map.Name}\" not found");
                return;
            }
            foreach (var (key, value) in found.Data) set(source.Prefix + key, value);
        }
        else if (source.SecretRef is { } secret)
        {
            if (objects.Secret(pod.Metadata.Namespace, secret.Name) is not { } found)
            {
                if (secret.Optional != true) throw new ConfigException($"secret \"{secret.Name}\" not found");
                return;
            }
            foreach (var (key, value) in found.Data) set(source.Prefix + key, Encoding.UTF8.GetString(value.Span));
        }
    }

    private static string? From(Pod pod, Container container, EnvVarSource source, PodPlace place, ReferencedObjects objects)
    {
        var space = pod.Metadata.Namespace;
        if (source.FieldRef is { } field)
            return PodFields.Of(field.FieldPath, pod, place) ?? throw new ConfigException($"unsupported fieldPath: {field.FieldPath}");
        if (source.ResourceFieldRef is { } resource)
        {
            var of = string.IsNullOrEmpty(resource.ContainerName) ? container
                : pod.Spec.InitContainers.Concat(pod.Spec.Containers).FirstOrDefault(c => c.Name == resource.ContainerName)
                    ?? throw new ConfigException($"container {resource.ContainerName} not found");
            return PodFields.Of(resource, of, place) ?? throw new ConfigException($"unsupported container resource : {resource.Resource}");
        }
        if (source.ConfigMapKeyRef is { } mapKey)
        {
            if (objects.ConfigMap(space, mapKey.Name) is not { } map)
                return mapKey.Optional == true ? null : throw new ConfigException($"configmap \"{mapKey.Name}\" not found");
            if (map.Data.TryGetValue(mapKey.Key, out var value)) return value;
            return mapKey.Optional == true ? null : throw new ConfigException($"couldn't find key {mapKey.Key} in ConfigMap {space}/{mapKey.Name}");
        }
        if (source.SecretKeyRef is { } secretKey)
        {
            if (objects.Secret(space, secretKey.Name) is not { } secret)
                return secretKey.Optional == true ? null : throw new ConfigException($"secret \"{secretKey.Name}\" not found");
            if (secret.Data.TryGetValue(secretKey.Key, out var value)) return Encoding.UTF8.GetString(value.Span);
            return secretKey.Optional == true ? null : throw new ConfigException($"couldn't find key {secretKey.Key} in Secret {space}/{secretKey.Name}");
        }
        return null;
    }
}
