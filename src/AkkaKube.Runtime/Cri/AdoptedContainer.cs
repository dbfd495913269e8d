namespace AkkaKube.Runtime;

/// <summary>A container that ran on another host.</summary>
/// <param name="Id">It keeps it.</param>
/// <param name="Config">What it is made from again.</param>
/// <param name="StartedAt">When it started there.</param>
public sealed record AdoptedContainer(string Id, ContainerConfig Config, DateTimeOffset StartedAt);
