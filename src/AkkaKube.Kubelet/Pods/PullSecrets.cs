using System.Text;
using System.Text.Json;
using AkkaKube.Api.Core.V1;
using AkkaKube.Kubelet.Configuration;
using AkkaKube.Runtime;

namespace AkkaKube.Kubelet.Pods;

/// <summary>The credentials that a pod's imagePullSecrets have for the registry of an image.</summary>
internal static class PullSecrets
{
    public static RegistryAuth? For(string image, Pod pod, ReferencedObjects objects)
    {
        var registry = Registry(image);
        foreach (var reference in pod.Spec.ImagePullSecrets)
        {
            if (objects.Secret(pod.Metadata.Namespace, reference.Name) is not { } secret || !secret.Data.TryGetValue(".dockerconfigjson", out var config)) continue;
            if (Find(config.Memory, registry) is { } auth) return auth;
        }
        return null;
    }

    private static RegistryAuth? Find(ReadOnlyMemory<byte> config, string registry)
    {
        try
        {
            using var document = JsonDocument.Parse(config);
            if (!document.RootElement.TryGetProperty("auths", out var auths)) return null;
            foreach (var entry in auths.EnumerateObject())
            {
                if (Registry(entry.Name.Replace("https://", "", StringComparison.Ordinal).TrimEnd('/') + "/x") != registry) continue;
                var user = entry.Value.TryGetProperty("username", out var u) ? u.GetString() : null;
                var password = entry.Value.TryGetProperty("password", out var p) ? p.GetString() : null;
                if (user is null && entry.Value.TryGetProperty("auth", out var both) && Encoding.UTF8.GetString(both.GetBytesFromBase64()).Split(':', 2) is [var name, var word])
                    (user, password) = (name, word);
                if (user is not null) return new RegistryAuth(user, password ?? "");
            }
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            // A secret that is no docker config has no credentials; the pull says what comes of that.
        }
        return null;
    }

    private static string Registry(string image)
    {
        var first = image.Split('/')[0];
        return image.Contains('/') && (first.Contains('.') || first.Contains(':') || first == "localhost") ? first.Replace("index.docker.io", "docker.io", StringComparison.Ordinal) : "docker.io";
    }
}
