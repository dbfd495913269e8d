using System.Collections.Immutable;
using AkkaKube.History;

namespace AkkaKube.Chaos.Runs;

/// <summary>What became of a run.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Operations">That got an answer.</param>
/// <param name="PerSecond">Of them, while the faults lasted.</param>
/// <param name="Recoveries">For each fault how long it took until clients could write again through every host that was spared, and until all was well after its end.</param>
/// <param name="Problems">Everything that should not be: violations of the history, a cluster that is not as declared, a recovery that took too long.</param>
public sealed record ChaosResult(int Seed, long Operations, double PerSecond, ImmutableArray<Recovery> Recoveries, ImmutableArray<string> Problems);

/// <summary>How a fault was survived.</summary>
/// <param name="Fault">Its name.</param>
/// <param name="Writable">From its begin until writes succeed through the spared hosts.</param>
/// <param name="Well">From its end until writes succeed through all hosts.</param>
public sealed record Recovery(string Fault, TimeSpan Writable, TimeSpan Well);
