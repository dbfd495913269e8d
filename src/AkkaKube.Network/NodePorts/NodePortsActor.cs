using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using AkkaKube.Fabric;
using AkkaKube.Network.Services;

namespace AkkaKube.Network.NodePorts;

/// <summary>
/// Keeps a real TCP port open on this machine for each node port of a Service, and leads who connects there to a node of the
/// cluster. A port that is in use is reported and tried again every few seconds: where several hosts of a cluster share an address of the
/// machine, one of them has the port, and another takes over when that one is gone.
/// </summary>
public sealed class NodePortsActor : ReceiveActor, IWithTimers
{
    /// <summary>A node is there; clients of node ports may be led to it.</summary>
    public sealed record NodeUp(string Node, string Ip);

    /// <summary>A node is gone.</summary>
    public sealed record NodeDown(string Node);

    private sealed record Accepted(int Port, IClientConnection Client);

    private sealed record Retry
    {
        public static readonly Retry Instance = new();
    }

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IActorRef _fabric;
    private readonly string _host;
    private readonly IPortListener _listener;
    private readonly Random _random;
    private readonly SortedDictionary<string, string> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<int, IDisposable> _open = [];
    private readonly HashSet<int> _refused = [];
    private ServiceView _view = ServiceView.Empty;

    private NodePortsActor(IActorRef fabric, IActorRef services, string host, IPortListener listener, Random random)
    {
        (_fabric, _host, _listener, _random) = (fabric, host, listener, random);
        Receive<ServiceView>(view =>
        {
            _view = view;
            Sync();
        });
        Receive<NodeUp>(up => _nodes[up.Node] = up.Ip);
        Receive<NodeDown>(down => _nodes.Remove(down.Node));
        Receive<Accepted>(Lead);
        Receive<Retry>(_ =>
        {
            foreach (var port in _refused.Order().ToList()) Open(port);
            AgainIfRefused();
        });
        services.Tell(ServiceWatcher.Subscribe.Instance);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>One for the process, on the machine's own sockets.</summary>
    public static Props Props(IActorRef fabric, IActorRef services, NetworkSettings settings, Random random) =>
        Props(fabric, services, settings.NodePortHost, new SocketListener(settings.NodePortsShared), random);

    internal static Props Props(IActorRef fabric, IActorRef services, string host, IPortListener listener, Random random) =>
        Akka.Actor.Props.Create(() => new NodePortsActor(fabric, services, host, listener, random));

    /// <inheritdoc/>
    protected override void PostStop()
    {
        foreach (var port in _open.Values) port.Dispose();
    }

    private void Sync()
    {
        if (_host.Length == 0) return;
        foreach (var port in _open.Keys.Where(p => !_view.Rules.NodePorts.ContainsKey(p)).ToList())
        {
            _open.Remove(port, out var gone);
            gone!.Dispose();
        }
        _refused.RemoveWhere(p => !_view.Rules.NodePorts.ContainsKey(p));
        // One that was refused waits for its time: Services change often.
        foreach (var port in _view.Rules.NodePorts.Keys.Where(p => !_open.ContainsKey(p) && !_refused.Contains(p)).Order().ToList()) Open(port);
        AgainIfRefused();
    }

    private void AgainIfRefused()
    {
        if (_refused.Count > 0 && !Timers.IsTimerActive(nameof(Retry))) Timers.StartSingleTimer(nameof(Retry), Retry.Instance, RetryAfter);
    }

    private void Open(int port)
    {
        try
        {
            var self = Self;
            _open[port] = _listener.Listen(new IPEndPoint(IPAddress.Parse(_host), port), client => self.Tell(new Accepted(port, client), ActorRefs.NoSender));
            _refused.Remove(port);
        }
        catch (SocketException e)
        {
            // Said once a port, not with every attempt.
            if (_refused.Add(port)) _log.Warning("Node port {0}:{1} of service {2} cannot be opened and is tried again: {3}", _host, port, _view.Rules.NodePorts[port].Service, e.Message);
        }
    }

    private void Lead(Accepted accepted)
    {
        if (!_view.Rules.NodePorts.TryGetValue(accepted.Port, out var rule) || _nodes.Count == 0)
        {
            accepted.Client.Dispose();
            return;
        }
        // With the Local policy a load balancer would send clients only to nodes that have an endpoint: so do we.
        var nodes = rule.ExternalLocal ? _nodes.Where(n => rule.Local(n.Key).Count > 0).Select(n => n.Value).ToList() : [.. _nodes.Values];
        var target = nodes.Count == 0 ? _nodes.Values.First() : nodes[_random.Next(nodes.Count)];
        Context.ActorOf(Pump.Props(accepted.Client, _fabric, accepted.Client.Client, new Fabric.SocketAddress(target, accepted.Port)));
    }
}
