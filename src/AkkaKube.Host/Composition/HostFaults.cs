using AkkaKube.Console.Faults;
using AkkaKube.Persistence;

namespace AkkaKube.Host.Composition;

/// <summary>The links of this host: to the database, by the faults of its journal, and to the other hosts of a cluster.</summary>
internal sealed class HostFaults(DatabaseFaults database, IPeerLinks peers) : IFaults
{
    private readonly Dictionary<string, Dictionary<Type, Fault>> _broken = [];

    /// <inheritdoc/>
    public async Task Apply(Fault fault)
    {
        if (fault.Peer != Fault.Database && !peers.Knows(fault.Peer)) throw new FaultException($"this host has no link to {fault.Peer} that can be broken");
        if (!_broken.TryGetValue(fault.Peer, out var faults)) _broken[fault.Peer] = faults = [];
        faults[fault.GetType()] = fault;
        await Update(fault.Peer, faults.Values).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task Heal(Fault fault) =>
        _broken.TryGetValue(fault.Peer, out var faults) && faults.Remove(fault.GetType()) ? Update(fault.Peer, faults.Values) : Task.CompletedTask;

    private Task Update(string peer, IReadOnlyCollection<Fault> faults)
    {
        if (peer != Fault.Database) return peers.Set(peer, faults);
        Break(database, faults);
        return Task.CompletedTask;
    }

    // The journal's faults are healed all together: what is left is applied again.
    private static void Break(DatabaseFaults database, IEnumerable<Fault> faults)
    {
        database.Heal();
        foreach (var fault in faults)
        {
            switch (fault)
            {
                case Fault.Cut:
                    database.Cut();
                    break;
                case Fault.Slow slow:
                    database.Slow(slow.Delay);
                    break;
                case Fault.Drop drop:
                    database.Drop(drop.Share);
                    break;
            }
        }
    }
}

/// <summary>The links to other hosts.</summary>
internal interface IPeerLinks
{
    /// <summary>Whether there is a link to a host of this name.</summary>
    bool Knows(string peer);

    /// <summary>From now on exactly these faults are on the link; none: it is well.</summary>
    Task Set(string peer, IReadOnlyCollection<Fault> faults);
}

/// <summary>A process that is a whole cluster has none.</summary>
internal sealed class NoPeerLinks : IPeerLinks
{
    public bool Knows(string peer) => false;

    public Task Set(string peer, IReadOnlyCollection<Fault> faults) => Task.CompletedTask;
}
