namespace AkkaKube.Kubelet.Nodes;

/// <summary>What is one node's own: everything else of a kubelet is shared by all of them.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Ip">Its address.</param>
/// <param name="PodCidr">Where its pods' addresses are from.</param>
public sealed record NodeIdentity(string Name, string Ip, string PodCidr);
