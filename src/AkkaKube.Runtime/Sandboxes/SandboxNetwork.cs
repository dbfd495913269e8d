using Akka.Actor;
using AkkaKube.Fabric;

namespace AkkaKube.Runtime;

/// <summary>The sockets of a sandbox: what its processes ask of the fabric, and what the fabric sends to them.</summary>
internal sealed class SandboxNetwork(PodSandboxConfig pod, IActorRef self, IActorRef fabric) : INetwork
{
    private Dictionary<long, SocketFile>? _sockets;
    private Dictionary<int, ListeningSocket>? _listening;
    private Dictionary<long, object>? _asked;
    private long _questions;

    public string Ip => pod.Ip;

    public Pending<(ListeningSocket? Socket, Errno Error)> Listen(Process process, int port, bool loopbackOnly = false)
    {
        var pending = new Pending<(ListeningSocket?, Errno)>(process);
        if (port is <= 0 or > 65535) pending.Complete((null, Errno.InvalidArgument));
        else if (_listening?.ContainsKey(port) == true) pending.Complete((null, Errno.AddressInUse));
        else fabric.Tell(new FabricActor.Listen(new SocketAddress(pod.Ip, port), self) { LoopbackOnly = loopbackOnly, Tag = Ask(pending) }, self);
        return pending;
    }

    public Pending<(SocketFile? Socket, Errno Error)> Connect(Process process, string ip, int port, TimeSpan? timeout)
    {
        var pending = new Pending<(SocketFile?, Errno)>(process);
        fabric.Tell(new FabricActor.Connect(pod.Ip, new SocketAddress(ip, port)) { Timeout = timeout, Tag = Ask(pending) }, self);
        return pending;
    }

    public Pending<NameAnswer> Resolve(Process process, NameQuestion question)
    {
        var pending = new Pending<NameAnswer>(process);
        fabric.Tell(new FabricActor.Resolve(question.Name, question.Search, question.Ndots) { Type = question.Type, SourceIp = pod.Ip, Tag = Ask(pending) }, self);
        return pending;
    }

    public void Handle(Connection.Segment segment)
    {
        if (_sockets is null || !_sockets.TryGetValue(segment.To, out var socket)) return;
        // Nobody holds the socket any more: data for it is answered as TCP answers it.
        if (socket.IsReleased && segment is Connection.Data) socket.Stream.Reset();
        else socket.Handle(segment);
        DropClosed(socket);
    }

    public void Handle(FabricActor.Incoming incoming)
    {
        if (_listening is null || !_listening.TryGetValue(incoming.Connection.Local.Port, out var listener)) incoming.Refuse(self);
        else listener.Add(Add(incoming.Accept(self)));
    }

    /// <summary>A reply of the fabric; false if it is none.</summary>
    public bool Handle(object message)
    {
        switch (message)
        {
            case FabricActor.Listening listening when Answered(listening.Tag) is Pending<(ListeningSocket?, Errno)> pending:
                var socket = new ListeningSocket(listening.Address, Unlisten);
                (_listening ??= new(1))[listening.Address.Port] = socket;
                if (pending.Complete((socket, Errno.None))) pending.Owner.Hold(socket);
                else socket.Release();
                return true;
            case FabricActor.ListenFailed failed when Answered(failed.Tag) is Pending<(ListeningSocket?, Errno)> pending:
                pending.Complete((null, failed.Reason == "Address already in use" ? Errno.AddressInUse : Errno.AddressNotAvailable));
                return true;
            case FabricActor.Connected connected:
                var stream = new FabricStream(connected.Connection, self, fabric);
                if (Answered(connected.Tag) is Pending<(SocketFile?, Errno)> connecting)
                {
                    var file = Add(stream);
                    if (connecting.Complete((file, Errno.None))) connecting.Owner.Hold(file);
                    else file.Release();
                }
                else
                {
                    stream.Reset();
                }

                return true;
            case FabricActor.Refused refused:
                (Answered(refused.Tag) as Pending<(SocketFile?, Errno)>)?.Complete((null, Errno.ConnectionRefused));
                return true;
            case FabricActor.TimedOut timedOut:
                (Answered(timedOut.Tag) as Pending<(SocketFile?, Errno)>)?.Complete((null, Errno.TimedOut));
                return true;
            case FabricActor.Resolved resolved:
                (Answered(resolved.Tag) as Pending<NameAnswer>)?.Complete(new NameAnswer(resolved.Name, resolved.Values, null));
                return true;
            case FabricActor.NotResolved notResolved:
                (Answered(notResolved.Tag) as Pending<NameAnswer>)?.Complete(new NameAnswer(notResolved.Name, [], notResolved.Reason));
                return true;
            default:
                return false;
        }
    }

    /// <summary>The network namespace is gone: the other ends must not wait for it.</summary>
    public void Close()
    {
        foreach (var socket in _sockets?.Values.ToList() ?? []) socket.Stream.Reset();
        _sockets = null;
        foreach (var port in _listening?.Keys.ToList() ?? []) fabric.Tell(new FabricActor.Unlisten(new SocketAddress(pod.Ip, port), self), self);
        _listening = null;
    }

    private SocketFile Add(FabricStream stream)
    {
        var socket = new SocketFile(stream) { Closed = DropClosed };
        (_sockets ??= new(2))[stream.Connection.Id] = socket;
        return socket;
    }

    private void DropClosed(SocketFile socket)
    {
        if (socket.Stream.IsClosed) _sockets?.Remove(socket.Stream.Connection.Id);
    }

    private void Unlisten(ListeningSocket socket)
    {
        if (_listening?.Remove(socket.Address.Port) == true) fabric.Tell(new FabricActor.Unlisten(socket.Address, self), self);
    }

    private object Ask(object pending)
    {
        (_asked ??= new(1))[++_questions] = pending;
        return _questions;
    }

    private object? Answered(object? tag)
    {
        if (tag is not long number || _asked is null || !_asked.Remove(number, out var pending)) return null;
        if (_asked.Count == 0) _asked = null;
        return pending;
    }
}
