using AkkaKube.Console.Faults;
using AkkaKube.Persistence;

namespace AkkaKube.Host.Composition;

/// <summary>The links of this host: to the database, by the faults of its journal. One for the process.</summary>
internal sealed class HostFaults(DatabaseFaults database) : IFaults
{
    private readonly Dictionary<Type, Fault> _database = [];

    /// <inheritdoc/>
    public Task Apply(Fault fault)
    {
        if (fault.Peer != Fault.Database) return Task.FromException(new FaultException($"this host has no link to {fault.Peer} that can be broken"));
        _database[fault.GetType()] = fault;
        Update();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Heal(Fault fault)
    {
        if (fault.Peer == Fault.Database && _database.Remove(fault.GetType())) Update();
        return Task.CompletedTask;
    }

    // The journal's faults are healed all together: what is left is applied again.
    private void Update()
    {
        database.Heal();
        foreach (var fault in _database.Values)
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
