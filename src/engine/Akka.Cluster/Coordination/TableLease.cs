using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Ownership;
using Akka.Coordination;

namespace Akka.Cluster.Coordination;

/// <summary>
/// A lease of the membership table, for this host: whoever asks under whatever owner name. Shards and singletons take theirs through the ownership
/// actor; <see cref="CheckLease"/> says of every lease, from any thread and without waiting, whether this host has it and is sure of it.
/// </summary>
internal sealed class TableLease : Lease
{
    private readonly ExtendedActorSystem _system;
    private readonly HeldLeases _held;
    private readonly HostLease _host;
    private readonly string _name;
    private IActorRef? _holder;

    public TableLease(LeaseSettings settings, ExtendedActorSystem system) : base(settings)
    {
        _system = system;
        _held = HeldLeases.Of(system);
        _host = Cluster.Get(system).HostLease;
        _name = settings.LeaseName;
    }

    public override bool CheckLease() => _host.IsValid && _held.EpochOf(_name) is not null;

    public override Task<bool> Acquire() => Acquire(static _ => { });

    public override async Task<bool> Acquire(Action<Exception?> leaseLostCallback)
    {
        var holder = _system.SystemActorOf(Props.Create(() => new LeaseHolder(_name, leaseLostCallback)));
        bool taken;
        try
        {
            taken = await holder.Ask<bool>(LeaseHolder.Take.Instance, Settings.TimeoutSettings.OperationTimeout).ConfigureAwait(false);
        }
        catch (Exception cause)
        {
            _system.Stop(holder);
            throw new LeaseTimeoutException($"The lease '{_name}' was not taken within {Settings.TimeoutSettings.OperationTimeout}: the membership table does not answer.", cause);
        }

        if (taken) Interlocked.Exchange(ref _holder, holder);
        else _system.Stop(holder);
        return taken;
    }

    public override async Task<bool> Release()
    {
        if (Interlocked.Exchange(ref _holder, null) is not { } holder) return false;
        var released = await holder.Ask<bool>(LeaseHolder.Release.Instance, Settings.TimeoutSettings.OperationTimeout).ConfigureAwait(false);
        _system.Stop(holder);
        return released;
    }
}
