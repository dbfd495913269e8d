namespace AkkaKube.Network.Proxy;

/// <summary>One place that serves a Service's port: a pod's address and port, and the node it is on.</summary>
public sealed record Backend(string Ip, int Port, string? NodeName);
