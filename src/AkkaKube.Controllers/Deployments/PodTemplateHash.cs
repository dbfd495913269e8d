using System.Globalization;
using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Client;

namespace AkkaKube.Controllers.Deployments;

/// <summary>Names a version of a pod template, so that the pods of one are told from those of another.</summary>
internal static class PodTemplateHash
{
    public const string Label = "pod-template-hash";

    /// <summary>The hash of a Deployment's template: FNV-1a over its JSON. The collision count gives another one where two templates had the same.</summary>
    public static string Of(Deployment deployment)
    {
        var hash = 2166136261u;
        foreach (var b in ObjectBody.Of(new ReplicaSet { Spec = new ReplicaSetSpec { Template = deployment.Spec.Template } }).Utf8.Span) hash = (hash ^ b) * 16777619u;
        for (var count = deployment.Status.CollisionCount ?? 0; count > 0; count >>= 8) hash = (hash ^ (byte)count) * 16777619u;
        return GeneratedName.SafeEncode(hash.ToString(CultureInfo.InvariantCulture));
    }
}
