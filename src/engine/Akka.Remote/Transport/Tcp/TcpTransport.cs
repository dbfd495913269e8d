using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;

namespace Akka.Remote.Transport.Tcp;

/// <summary>Connections over TCP, with or without TLS.</summary>
internal sealed class TcpTransport : ILinkTransport
{
    private const int TcpLevel = 6; // IPPROTO_TCP
    private const int UserTimeout = 18; // TCP_USER_TIMEOUT

    private readonly ActorSystemImpl _system;
    private readonly RemoteSettings _settings;
    private readonly ILoggingAdapter _log;
    private readonly MutualTls? _tls;
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<TcpLink> _links = [];
    private readonly Lock _lock = new();
    private Socket? _listener;

    public TcpTransport(ActorSystemImpl system, RemoteSettings settings)
    {
        _system = system;
        _settings = settings;
        _log = Logging.GetLogger(system, this);
        _tls = MutualTls.From(system, settings.TransportConfig);
    }

    public bool FramesAreIndependent => false;

    public Address Bind()
    {
        var config = _settings.TransportConfig;
        var host = config.GetString("hostname") is { Length: > 0 } named ? named : Dns.GetHostName();
        var port = config.GetInt("port");
        IPAddress address;
        try
        {
            address = IPAddress.TryParse(host, out var parsed) ? parsed : Dns.GetHostAddresses(host).OrderBy(static a => a.AddressFamily).First();
            _listener = NewSocket(address.AddressFamily);
            _listener.Bind(new IPEndPoint(address, port));
            _listener.Listen(config.GetInt("backlog", 4096));
        }
        catch (SocketException cause)
        {
            throw new RemoteTransportException($"Cannot listen on {host}:{port} (hostname and port of the transport): {cause.Message}", cause);
        }

        var publicHost = config.GetString("public-hostname") is { Length: > 0 } shown ? shown : host;
        var publicPort = config.GetInt("public-port") is > 0 and var other ? other : ((IPEndPoint)_listener.LocalEndPoint!).Port;
        return new Address(_tls is null ? "akka.tcp" : "akka.ssl.tcp", _system.Name, publicHost, publicPort);
    }

    public void Listen(Func<ILink, ILinkHandler> accept) => _ = AcceptAll(accept);

    private async Task AcceptAll(Func<ILink, ILinkHandler> accept)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener!.AcceptAsync(_stop.Token).ConfigureAwait(false);
                _ = Take(socket, accept);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException cause)
            {
                _log.Warning("A connection could not be taken: {0}", cause.Message);
                await Task.Delay(100).ConfigureAwait(false);
            }
        }
    }

    private async Task Take(Socket socket, Func<ILink, ILinkHandler> accept)
    {
        var peer = socket.RemoteEndPoint?.ToString() ?? "somebody";
        try
        {
            using var patience = Patience();
            Prepare(socket);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (_tls is not null) stream = await _tls.AsServer(stream, patience.Token).ConfigureAwait(false);
            var link = new TcpLink(this, _system, stream, socket, peer);
            if (Add(link)) link.Start(accept(link));
            else link.Close();
        }
        catch (Exception cause)
        {
            socket.Dispose();
            if (!_stop.IsCancellationRequested) _log.Warning("A connection from {0} was refused: {1}", peer, Reason(cause));
        }
    }

    public void Connect(Address remote, ILinkHandler handler) => _ = Call(remote, handler);

    private async Task Call(Address remote, ILinkHandler handler)
    {
        Socket? socket = null;
        try
        {
            using var patience = Patience();
            socket = IPAddress.TryParse(remote.Host, out var address) ? NewSocket(address.AddressFamily) : new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(remote.Host!, remote.Port!.Value, patience.Token).ConfigureAwait(false);
            Prepare(socket);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (_tls is not null) stream = await _tls.AsClient(stream, remote.Host!, patience.Token).ConfigureAwait(false);
            var link = new TcpLink(this, _system, stream, socket, remote.ToString());
            if (Add(link)) link.Start(handler);
            else link.Close();
        }
        catch (Exception cause)
        {
            socket?.Dispose();
            handler.Closed(new RemoteTransportException($"Cannot connect to {remote}: {Reason(cause)}", cause));
        }
    }

    public void Close()
    {
        _stop.Cancel();
        _listener?.Dispose();
        TcpLink[] links;
        lock (_lock) links = [.. _links];
        foreach (var link in links) link.Close();
    }

    public void Remove(TcpLink link)
    {
        lock (_lock) _links.Remove(link);
    }

    private bool Add(TcpLink link)
    {
        lock (_lock)
        {
            if (_stop.IsCancellationRequested) return false;
            _links.Add(link);
            return true;
        }
    }

    private CancellationTokenSource Patience()
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        patience.CancelAfter(_settings.ConnectionTimeout);
        return patience;
    }

    private static Socket NewSocket(AddressFamily family) => new(family, SocketType.Stream, ProtocolType.Tcp);

    private void Prepare(Socket socket)
    {
        var config = _settings.TransportConfig;
        socket.NoDelay = config.GetBoolean("tcp-nodelay", true);
        if (config.GetBoolean("tcp-keepalive", true))
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 15);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
        }

        // Else the kernel tries for a quarter of an hour, ever more slowly, and after a partition nothing moves for as long as it lasted.
        if (OperatingSystem.IsLinux() && config.GetTimeSpan("unacknowledged-timeout", TimeSpan.Zero) is { Ticks: > 0 } patience)
            socket.SetRawSocketOption(TcpLevel, UserTimeout, BitConverter.GetBytes((int)patience.TotalMilliseconds));

        if (config.GetByteSize("send-buffer-size", null) is > 0 and var send) socket.SendBufferSize = (int)send;
        if (config.GetByteSize("receive-buffer-size", null) is > 0 and var receive) socket.ReceiveBufferSize = (int)receive;
    }

    private static string Reason(Exception cause) =>
        cause is OperationCanceledException ? "it took too long (connection-timeout)" : cause.InnerException is { } inner ? $"{cause.Message} {inner.Message}" : cause.Message;
}
