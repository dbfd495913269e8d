using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Nodes;

/// <summary>A node's identity as its object has it: a kubelet comes up with it on any host and asks nobody.</summary>
internal static class NodeIdentities
{
    /// <summary>The address of a node whose status does not say one.</summary>
    public const string IpAnnotation = "akkakube.io/node-ip";

    /// <summary>Null while the node lacks an address or a pod network.</summary>
    public static NodeIdentity? Of(Node node) =>
        IpOf(node) is { } ip && node.Spec.PodCIDR is { Length: > 0 } block ? new NodeIdentity(node.Metadata.Name ?? "", ip, block) : null;

    /// <summary>The node's address; null where it has none yet.</summary>
    public static string? IpOf(Node node) =>
        node.Metadata.Annotations.GetValueOrDefault(IpAnnotation) ?? node.Status.Addresses.FirstOrDefault(a => a.Type == "InternalIP")?.Address;
}
