namespace AkkaKube.Chaos.Faults;

/// <summary>Something bad that is done to a running cluster, and undone.</summary>
/// <param name="Name">E.g. <c>kill h2</c>.</param>
/// <param name="Hold">How long it stays at least.</param>
/// <param name="Spared">The hosts through which clients must be able to go on meanwhile, after the time of a fail-over; none where the database is gone for all.</param>
/// <param name="Begin">Does it.</param>
/// <param name="End">Undoes it.</param>
/// <param name="Harmless">No host may be declared dead for it, and no node.</param>
public sealed record Fault(string Name, TimeSpan Hold, IReadOnlyList<string> Spared, Func<Task> Begin, Func<Task> End, bool Harmless = false);
