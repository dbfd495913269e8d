namespace AkkaKube.ApiServer.Bootstrap;

/// <summary>What the API server says of itself in the objects that every cluster has.</summary>
/// <param name="Address">The address under which it is reached.</param>
/// <param name="Port">The port.</param>
public sealed record BootstrapFacts(string Address, int Port);
