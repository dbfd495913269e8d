using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Remote;
using Akka.Remote.Transport;
using AkkaKube.Console.Faults;
using AkkaKube.Console.Hosts;

namespace AkkaKube.Host.Composition;

/// <summary>Breaks the links of the actor system's remoting, by its own management commands.</summary>
internal sealed class RemotePeerLinks(ActorSystem system, IHosts hosts) : IPeerLinks
{
    // Of the process: a new actor system knows nobody yet when the faults of the one before are applied again.
    private static readonly ConcurrentDictionary<string, Address> Seen = new(StringComparer.Ordinal);

    public bool Knows(string peer)
    {
        foreach (var host in hosts.All(system).Where(h => !h.IsSelf)) Seen[host.Name] = host.Address;
        return Seen.ContainsKey(peer);
    }

    public async Task Set(string peer, IReadOnlyCollection<Fault> faults)
    {
        var address = Seen[peer];
        var remoting = ((IRemoteActorRefProvider)((ExtendedActorSystem)system).Provider).Transport;
        var cut = faults.OfType<Fault.Cut>().FirstOrDefault()?.Ways;
        ThrottleMode send = cut is Ways.Both or Ways.Out ? Blackhole.Instance : faults.OfType<Fault.Slow>().FirstOrDefault() is { } slow ? new Latency(slow.Delay) : Unthrottled.Instance;
        ThrottleMode receive = cut is Ways.Both or Ways.In ? Blackhole.Instance : Unthrottled.Instance;
        FailureInjectorTransportAdapter.IGremlinMode loss = faults.OfType<Fault.Drop>().FirstOrDefault() is { } drop
            ? new FailureInjectorTransportAdapter.Drop(drop.Share, 0)
            : FailureInjectorTransportAdapter.PassThru.Instance;
        await remoting.ManagementCommand(new SetThrottle(address, ThrottleTransportAdapter.Direction.Send, send)).ConfigureAwait(false);
        await remoting.ManagementCommand(new SetThrottle(address, ThrottleTransportAdapter.Direction.Receive, receive)).ConfigureAwait(false);
        await remoting.ManagementCommand(new FailureInjectorTransportAdapter.One(address, loss)).ConfigureAwait(false);
    }

    /// <summary>Everything passes, so much later.</summary>
    private sealed class Latency(TimeSpan delay) : ThrottleMode
    {
        public override (ThrottleMode, bool) TryConsumeTokens(long nanoTimeOfSend, int tokens) => (this, false);

        public override TimeSpan TimeToAvailable(long currentNanoTime, int tokens) => delay;
    }
}
