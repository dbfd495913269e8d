using System.Text;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Requests;

namespace AkkaKube.Kubelet.Nodes;

/// <summary>
/// Whether a machine is switched on, kept with its Node object: every host knows it, and it is as durable as the object. A machine that
/// was switched on again is booting until its kubelet has told how its pods ended; a kubelet that comes up in that time tells it again.
/// </summary>
internal static class NodePower
{
    /// <summary>The annotation; absent on a machine that runs.</summary>
    public const string Annotation = "akkakube.io/power";

    /// <summary>It runs.</summary>
    public const string? On = null;

    /// <summary>It was switched off.</summary>
    public const string Off = "off";

    /// <summary>It was switched on again.</summary>
    public const string Booting = "booting";

    /// <summary>What is noted with the node.</summary>
    public static string? Of(Node node) => node.Metadata.Annotations.GetValueOrDefault(Annotation);

    /// <summary>The write that notes it.</summary>
    public static Patch Write(string node, string? power, UserInfo user, object tag) => Annotate(node, user, tag, (Annotation, power));

    /// <summary>A write of annotations; null takes one away.</summary>
    public static Patch Annotate(string node, UserInfo user, object tag, params ReadOnlySpan<(string Name, string? Value)> annotations)
    {
        List<string> members = [];
        // Names and values are of our own making: nothing in them needs an escape.
        foreach (var (name, value) in annotations) members.Add($"\"{name}\":{(value is null ? "null" : $"\"{value}\"")}");
        return new Patch(GroupVersionResource.Nodes, node, PatchType.Merge, Encoding.UTF8.GetBytes($"{{\"metadata\":{{\"annotations\":{{{string.Join(',', members)}}}}}}}"))
        {
            User = user,
            FieldManager = "akkakube",
            Tag = tag,
        };
    }
}
