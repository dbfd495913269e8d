using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Serialization;

namespace Akka.Remote.Transport.Simulated;

/// <summary>Connections through a <see cref="SimulatedNetwork"/>. No thread and no clock of its own: what arrives is a turn of the receiving system.</summary>
internal sealed class SimulatedTransport(ActorSystemImpl system, RemoteSettings settings) : ILinkTransport
{
    private readonly SimulatedNetwork _network = system.Setup.Get<SimulatedNetwork>() is { HasValue: true, Value: var network }
        ? network
        : throw new ConfigurationException("akka.remote.test needs a network: give a SimulatedNetwork as a setup of the system");

    private Func<ILink, ILinkHandler>? _accept;
    private Address? _address;
    private volatile bool _dead;

    public bool FramesAreIndependent => true;
    public Address Address => _address!;
    public TimeSpan Now => system.Scheduler.MonotonicClock;
    public SimulatedNetwork Network => _network;

    public Address Bind() => _address = _network.Register(
        this, system.Name, settings.TransportConfig.GetString("hostname", "localhost"), settings.TransportConfig.GetInt("port"));

    public void Listen(Func<ILink, ILinkHandler> accept) => _accept = accept;

    public void Connect(Address remote, ILinkHandler handler)
    {
        if (_dead) return;
        if (_network.HostAt(remote) is not { } host)
        {
            At(TimeSpan.Zero, () => handler.Closed(new RemoteTransportException($"Nobody listens at {remote}")));
            return;
        }

        var connection = new SimulatedConnection(_network, this, host, handler);
        _network.Add(connection);
        _network.Carry(Address, host, () => host.Accept(connection), isFrame: false);
    }

    /// <summary>Nothing gets out or in any more.</summary>
    public void Kill() => _dead = true;

    public bool IsDead => _dead;

    public void Close()
    {
        if (_address is not null) _network.Unregister(_address, this);
        _dead = true;
        if (_address is not null) _network.EndConnectionsOf(_address);
    }

    /// <summary>Runs something in a turn of this system, at once or later.</summary>
    public void At(TimeSpan delay, Action action)
    {
        var dispatcher = system.Dispatchers.DefaultGlobalDispatcher;
        if (delay <= TimeSpan.Zero) dispatcher.Schedule(action);
        else system.Scheduler.Advanced.ScheduleOnce(delay, () => dispatcher.Schedule(action));
    }

    private void Accept(SimulatedConnection connection)
    {
        if (_dead || _accept is not { } accept)
        {
            connection.Break();
            return;
        }

        connection.Opened(accept);
    }
}

/// <summary>A connection through a <see cref="SimulatedNetwork"/>: an end on each side.</summary>
internal sealed class SimulatedConnection
{
    private readonly SimulatedNetwork _network;
    private readonly End _caller;
    private readonly End _called;

    public SimulatedConnection(SimulatedNetwork network, SimulatedTransport caller, SimulatedTransport called, ILinkHandler handler)
    {
        _network = network;
        _caller = new End(this, caller, called) { Handler = handler };
        _called = new End(this, called, caller);
    }

    public bool Joins(Address a, Address b) => Touches(a) && Touches(b);
    public bool Touches(Address host) => _caller.Host.Address.Equals(host) || _called.Host.Address.Equals(host);

    public void Opened(Func<ILink, ILinkHandler> accept)
    {
        _called.Handler = accept(_called);
        _called.Handler.Opened(_called);
        _network.Carry(_called.Host.Address, _caller.Host, () =>
        {
            if (!_caller.IsClosed) _caller.Handler!.Opened(_caller);
        }, isFrame: false);
    }

    /// <summary>Both sides notice that it has ended.</summary>
    public void Break()
    {
        _network.Remove(this);
        foreach (var end in (End[])[_caller, _called]) end.Host.At(TimeSpan.Zero, () => end.Finish(new RemoteTransportException("The connection was broken")));
    }

    /// <summary>One side is gone; the other notices after all that came before.</summary>
    public void EndFor(Address gone)
    {
        _network.Remove(this);
        var (end, other) = _caller.Host.Address.Equals(gone) ? (_caller, _called) : (_called, _caller);
        _network.Carry(gone, other.Host, () => other.Finish(null), isFrame: false);
        end.Finish(null);
    }

    private End Other(End end) => ReferenceEquals(end, _caller) ? _called : _caller;

    private sealed class End(SimulatedConnection connection, SimulatedTransport host, SimulatedTransport peer) : ILink
    {
        public SimulatedTransport Host => host;
        public ILinkHandler? Handler { get; set; }
        public bool IsClosed { get; private set; }
        public string Peer => peer.Address.ToString();

        public bool Write(WireBuffer frames)
        {
            if (IsClosed || host.IsDead) return true;
            for (var rest = frames.Written; rest.Length > 0;)
            {
                var length = BitConverter.ToInt32(rest);
                var frame = rest.Slice(4, length).ToArray();
                rest = rest[(4 + length)..];
                connection._network.Carry(host.Address, peer, () => connection.Other(this).Arrived(frame), isFrame: true);
            }

            return true;
        }

        private void Arrived(byte[] frame)
        {
            if (Host.IsDead) return;
            if (IsClosed || Handler is not { } handler)
            {
                // Who speaks to a closed end is told.
                connection._network.Carry(host.Address, peer, () => connection.Other(this).Finish(null), isFrame: false);
                return;
            }

            try
            {
                if (frame.Length > handler.MaximumFrame) throw new FormatException($"A frame of {frame.Length} bytes is larger than {handler.MaximumFrame}");
                handler.Received(frame);
            }
            catch (Exception cause)
            {
                Finish(cause);
                connection._network.Carry(host.Address, peer, () => connection.Other(this).Finish(null), isFrame: false);
            }
        }

        public void Close()
        {
            if (IsClosed) return;
            IsClosed = true;
            connection._network.Remove(connection);
            connection._network.Carry(host.Address, peer, () => connection.Other(this).Finish(null), isFrame: false);
            host.At(TimeSpan.Zero, () => Handler?.Closed(null));
        }

        public void Finish(Exception? cause)
        {
            if (IsClosed) return;
            IsClosed = true;
            if (!host.IsDead) Handler?.Closed(cause);
        }
    }
}
