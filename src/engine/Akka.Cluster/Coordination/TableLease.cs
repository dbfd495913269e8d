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

    public override Task<bool> Acquire(Action<Exception?> leaseLostCallback)
    {
        var holder = _system.SystemActorOf(Props.Create(() => new LeaseHolder(_name, leaseLostCallback)));
        return Ask(holder, LeaseHolder.Take.Instance, taken =>
        {
            if (taken) Interlocked.Exchange(ref _holder, holder);
            else _system.Stop(holder);
        });
    }

    public override Task<bool> Release() =>
        Interlocked.Exchange(ref _holder, null) is { } holder ? Ask(holder, LeaseHolder.Release.Instance, _ => _system.Stop(holder)) : Task.FromResult(false);

    // What follows the answer runs where the answer is given, also under the deterministic dispatcher.
    private Task<bool> Ask(IActorRef holder, object request, Action<bool> then) =>
        holder.Ask<bool>(request, Settings.TimeoutSettings.OperationTimeout).ContinueWith(
            answer =>
            {
                if (answer.IsCompletedSuccessfully)
                {
                    then(answer.Result);
                    return answer.Result;
                }

                _system.Stop(holder);
                throw new LeaseTimeoutException($"The lease '{_name}' had no answer from the membership table within {Settings.TimeoutSettings.OperationTimeout}.", answer.Exception!.GetBaseException());
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
