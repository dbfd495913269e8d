using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Event;

namespace Akka.Cluster.Sharding;

/// <summary>The regions of the other hosts: those that may have shards, and those that send messages to this one.</summary>
internal sealed partial class Region
{
    private readonly SortedDictionary<int, Host> _hosts = [];
    private readonly Dictionary<IActorRef, int> _subscribers = [];

    /// <summary>A region that has told what it owns.</summary>
    private readonly record struct Host(IActorRef Region, bool Closing);

    /// <summary>Asks every host that may have shards, and has not told yet, for what it owns.</summary>
    private void Greet()
    {
        foreach (var member in _view!.Members)
        {
            if (!IsSelf(member.Uid) && HasRole(member) && !IsGone(member.Uid) && !_hosts.ContainsKey(member.Uid)) Greet(member);
        }
    }

    private void Greet(int uid)
    {
        if (MemberOf(uid) is { } member && !IsGone(uid)) Greet(member);
    }

    private void Greet(MemberRow member) => _regionOn(member).Tell(new RegionProtocol.Hello(_view!.Self), Self);

    private void On(RegionProtocol.Hello hello)
    {
        if (_view is null || !Hosts) return; // it will ask again
        Context.Watch(Sender);
        _subscribers[Sender] = hello.Uid;
        Sender.Tell(WhatIOwn());
        if (!_hosts.ContainsKey(hello.Uid) && !IsSelf(hello.Uid)) Greet(hello.Uid);
    }

    private RegionProtocol.Welcome WhatIOwn() => new(_view!.Self, _closing,
        [.. _own.Values.Where(static o => o.At == OwnShard.Phase.Running).Select(static o => new RegionProtocol.OwnedShard(o.Id, o.Epoch))]);

    private void Announce(object message)
    {
        foreach (var subscriber in _subscribers.Keys) subscriber.Tell(message, Self);
    }

    private void On(RegionProtocol.Welcome welcome)
    {
        if (IsGone(welcome.Uid)) return;
        var isNew = !_hosts.ContainsKey(welcome.Uid);
        if (!welcome.Closing && isNew) _log.Debug("{0}: region on {1} has {2} shards", _typeName, Sender.Path.Address, welcome.Shards.Count);
        Context.Watch(Sender);
        _hosts[welcome.Uid] = new Host(Sender, welcome.Closing);
        _routes.Replace(welcome.Uid, Sender, welcome.Shards);
        foreach (var (shard, _) in welcome.Shards) Flush(shard);
        if (isNew && _view is not null) Evaluate();
        else CheckHandedOver();
    }

    private void On(RegionProtocol.Owned owned)
    {
        if (IsGone(owned.Uid)) return;
        _told.Remove(owned.Shard);
        if (_routes.Open(owned.Shard, new Routes.Route(owned.Uid, owned.Epoch, Sender))) Flush(owned.Shard);
        CheckHandedOver();
    }

    private void On(RegionProtocol.HandOff handOff)
    {
        _routes.Close(handOff.Shard, handOff.Epoch);
        Sender.Tell(new RegionProtocol.HandOffAck(handOff.Shard, handOff.Epoch));
    }

    private void On(Terminated terminated)
    {
        var gone = terminated.ActorRef;
        if (_own.Values.FirstOrDefault(o => o.Shard.Equals(gone)) is { } own) ShardTerminated(own);
        ForgetSubscriber(gone);
        foreach (var uid in _hosts.Where(h => h.Value.Region.Equals(gone)).Select(static h => h.Key).ToList()) ForgetHost(uid);
    }

    private void ForgetHost(int uid)
    {
        _routes.Forget(uid);
        if (!_hosts.Remove(uid, out var host)) return;
        foreach (var shard in _asked.Where(a => a.Value == uid).Select(static a => a.Key).ToList()) _asked.Remove(shard);
        if (!_subscribers.ContainsKey(host.Region)) Context.Unwatch(host.Region);
    }

    private void ForgetSubscriber(IActorRef subscriber)
    {
        if (!_subscribers.Remove(subscriber, out var uid)) return;
        if (!_hosts.TryGetValue(uid, out var host) || !host.Region.Equals(subscriber)) Context.Unwatch(subscriber);
        foreach (var own in _own.Values.Where(o => o.Awaited.Contains(subscriber)).ToList()) Acknowledged(own, subscriber);
    }
}
