using AkkaKube.Api;

namespace AkkaKube.Console.Chaos;

/// <summary>What there is to break.</summary>
/// <param name="Hosts">By name.</param>
/// <param name="Nodes">By name.</param>
/// <param name="Controllers">By name.</param>
/// <param name="Shards">By the name of their resource type.</param>
/// <param name="HasDatabaseLink">The links to the database can be broken.</param>
internal sealed record ChaosInventory(ValueList<string> Hosts, ValueList<string> Nodes, ValueList<string> Controllers, ValueList<string> Shards, bool HasDatabaseLink);
