using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote.Transport;
using Akka.Remote.Watching;

namespace Akka.Remote;

/// <summary>Finds actors here and on other hosts (<c>akka.actor.provider = remote</c>).</summary>
internal class RemoteActorRefProvider(ActorSystemImpl system) : LocalActorRefProvider(system), IRemoteActorRefProvider
{
    private Remoting _remoting = null!;
    private IActorRef _watcher = null!;

    public int Uid { get; private set; }
    public Remoting Remoting => _remoting;
    public RemoteTransport Transport => _remoting;
    public override Address DefaultAddress => _remoting.DefaultAddress;
    public override bool IsReachable => true;

    /// <summary>Whether this provider itself finds out by heartbeats which systems are gone; else somebody calls <see cref="AddressGone"/>.</summary>
    protected virtual bool WatchesByHeartbeats => SystemImpl.Settings.Config.GetBoolean("akka.remote.watch-failure-detector.enabled", true);

    public override void Prepare()
    {
        var settings = SystemImpl.Settings;
        settings.InjectTopLevelFallback(ConfigurationFactory.FromResource("Akka.Remote.remote.conf", typeof(RemoteActorRefProvider).Assembly));
        Uid = Incarnation.NewUid(SystemImpl.Chance());
        SystemImpl.StartUidsAt(Incarnation.FirstActorUid(Uid));
        _remoting = new Remoting(SystemImpl, this, RemoteSettings.From(settings.Config));
        _remoting.Bind();
    }

    public override void Open()
    {
        _watcher = SystemImpl.SystemActorOf(Props.Create(() => new RemoteWatcher(this, _remoting.Settings.WatchFailureDetector, WatchesByHeartbeats)), RemoteWatcher.Name);
        _remoting.Listen();
    }

    public override void Close() => _remoting?.Close();

    public override bool HasAddress(Address address) => address.Equals(RootPath.Address) || address.Equals(_remoting.DefaultAddress);

    public override Address? GetExternalAddressFor(Address address) =>
        HasAddress(address) ? RootPath.Address : address.HasGlobalScope && address.Protocol == DefaultAddress.Protocol ? DefaultAddress : null;

    protected override IInternalActorRef ResolveForeign(ActorPath path) =>
        path.Address.HasGlobalScope && path.Address.Protocol == DefaultAddress.Protocol
            ? new RemoteActorRef(_remoting.AssociationOf(path.Address), path)
            : base.ResolveForeign(path);

    public void Quarantine(Address address, int? uid) => _remoting.Quarantine(address, uid);

    /// <summary>An incarnation of another system is gone for good, e.g. because the cluster says so: nobody talks to it any more, and whoever watches one of its actors is told.</summary>
    public void AddressGone(Address address, int uid) => _remoting.Quarantine(address, uid, "it was declared dead");

    /// <summary>Called from any thread when no actor of an incarnation lives any more.</summary>
    public void IncarnationGone(Address address, int uid) => _watcher?.Tell(new RemoteWatcher.IncarnationGone(address, uid), ActorRefs.NoSender);

    /// <summary>Called from any thread when an actor here watches one elsewhere, no longer does, or was told of its end.</summary>
    public void TellWatcher(object message) => _watcher?.Tell(message, ActorRefs.NoSender);

    public void Publish(RemotingLifecycleEvent @event)
    {
        SystemImpl.EventStream.Publish(@event);
        if (!_remoting.Settings.LogLifecycleEvents) return;
        SystemImpl.Log.Log(@event.LogLevel(), null, @event.ToString()!);
    }
}
