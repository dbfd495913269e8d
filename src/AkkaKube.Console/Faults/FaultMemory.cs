using System.Collections.Immutable;

namespace AkkaKube.Console.Faults;

/// <summary>
/// What is broken on purpose in this process. It outlives the actor system: a host that was declared dead starts a new one, and a link that is cut
/// stays cut until somebody heals it. Only <see cref="FaultKeeper"/> writes it.
/// </summary>
public sealed class FaultMemory
{
    private volatile ImmutableList<Broken> _all = [];

    internal ImmutableList<Broken> All
    {
        get => _all;
        set => _all = value;
    }

    /// <summary>A fault and how long it lasts; null: until healed.</summary>
    internal sealed record Broken(Fault Fault, TimeSpan? For);
}
