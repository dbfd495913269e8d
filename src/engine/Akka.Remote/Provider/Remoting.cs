using System.Collections.Concurrent;
using System.Reflection;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.Remote.Associations;
using Akka.Remote.Transport;
using Akka.Serialization;

namespace Akka.Remote;

/// <summary>All that this system has to do with others: an association for each, and the transport that all share.</summary>
internal sealed class Remoting : RemoteTransport
{
    private readonly ConcurrentDictionary<Address, Association> _associations = new();
    private readonly ILinkTransport _transport;
    private Address? _address;
    private volatile bool _closed;

    public Remoting(ActorSystemImpl system, RemoteActorRefProvider provider, RemoteSettings settings) : base(system)
    {
        Provider = provider;
        Settings = settings;
        SystemImpl = system;
        Faults = new LinkFaults(system.Chance);
        Log = Logging.GetLogger(system, this);
        var type = Type.GetType(settings.TransportClass) ?? typeof(Remoting).Assembly.GetType(settings.TransportClass.Split(',')[0].Trim())
            ?? throw new ConfigurationException($"The transport-class '{settings.TransportClass}' of akka.remote is not an existing type");
        const BindingFlags any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DoNotWrapExceptions;
        _transport = (ILinkTransport)Activator.CreateInstance(type, any, null, [system, settings], null)!;
    }

    public RemoteActorRefProvider Provider { get; }
    public RemoteSettings Settings { get; }
    public ActorSystemImpl SystemImpl { get; }
    public LinkFaults Faults { get; }
    public ILoggingAdapter Log { get; }
    public ILinkTransport Transport => _transport;
    public int Uid => Provider.Uid;
    public Information Information { get; private set; } = null!;

    /// <summary>What sends and receives takes turns as actors do.</summary>
    public MessageDispatcher Dispatcher { get; private set; } = null!;

    public override ISet<Address> Addresses => new HashSet<Address> { DefaultAddress };
    public override Address DefaultAddress => _address ?? throw new InvalidOperationException("The system does not listen yet");
    public TimeSpan Now => SystemImpl.Scheduler.MonotonicClock;

    public void Bind()
    {
        _address = _transport.Bind();
        Information = new Information(_address, SystemImpl);
        Dispatcher = SystemImpl.Dispatchers.DefaultGlobalDispatcher;
    }

    public void Listen()
    {
        _transport.Listen(link => new InboundConnection(this, link));
        Provider.Publish(new RemotingListenEvent([DefaultAddress]));
    }

    public Association AssociationOf(Address address) =>
        _associations.TryGetValue(address, out var known) ? known : _associations.GetOrAdd(address, static (at, remoting) => new Association(remoting, at), this);

    public override void Quarantine(Address address, int? uid) => Quarantine(address, uid, "it was asked for");

    public void Quarantine(Address address, int? uid, string reason)
    {
        if (!Provider.HasAddress(address)) AssociationOf(address).Quarantine(uid, reason);
    }

    public override Task<bool> ManagementCommand(object cmd)
    {
        if (cmd is ForceDisassociate cut)
        {
            if (_associations.TryGetValue(cut.Address, out var association)) association.Disconnect("it was asked for");
            return Task.FromResult(true);
        }

        var known = Faults.Apply(cmd);
        // What waited for the end of a fault goes now.
        foreach (var association in _associations.Values) association.Post(static () => { });
        return Task.FromResult(known);
    }

    public override Task<bool> ManagementCommand(object cmd, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<bool>(cancellationToken) : ManagementCommand(cmd);

    /// <summary>Sends what waits, says good-bye and ends all connections.</summary>
    public void Close()
    {
        if (_closed) return;
        _closed = true;
        var flushed = _associations.Values.Select(static association => association.Flush()).ToArray();
        if (SystemImpl.IsDeterministic)
        {
            // This thread is the only one there is: nobody to wait for, and nobody in the way.
            foreach (var association in _associations.Values) association.Run();
        }
        else
        {
            Task.WaitAll(flushed, Settings.FlushWait);
        }

        _transport.Close();
        if (_address is not null) Provider.Publish(new RemotingShutdownEvent());
    }

    public void After(TimeSpan delay, Action action)
    {
        if (!_closed) SystemImpl.Scheduler.Advanced.ScheduleOnce(delay, action);
    }
}
