using Akka.Actor;
using AkkaKube.Fabric;

namespace AkkaKube.Network.NodePorts;

/// <summary>
/// Carries the bytes of one client of a node port into the fabric and back. Reads the client only as fast as the pod takes the
/// bytes, and takes the pod's bytes only as fast as the client does.
/// </summary>
internal sealed class Pump : ReceiveActor
{
    private sealed record ClientWritten;

    private sealed record ClientGone;

    private readonly IClientConnection _client;
    private readonly IActorRef _fabric;
    private FabricStream? _pod;
    private bool _reading;
    private bool _writing;
    private bool _clientFinished;
    private bool _podFinished;

    private Pump(IClientConnection client, IActorRef fabric, string sourceIp, SocketAddress target)
    {
        (_client, _fabric) = (client, fabric);
        Receive<FabricActor.Connected>(connected =>
        {
            _pod = new FabricStream(connected.Connection, Self, _fabric);
            Read();
        });
        Receive<FabricActor.Refused>(_ => Context.Stop(Self));
        Receive<FabricActor.TimedOut>(_ => Context.Stop(Self));
        Receive<Connection.Segment>(On);
        Receive<Received>(received =>
        {
            _reading = false;
            if (received.Bytes.IsEmpty)
            {
                _clientFinished = true;
                _pod!.Finish();
                EndIfDone();
                return;
            }
            _pod!.Write(received.Bytes);
            if (_pod.Unsent == 0) Read();
        });
        Receive<ClientWritten>(_ =>
        {
            _writing = false;
            WriteOn();
        });
        Receive<ClientGone>(_ =>
        {
            _pod?.Reset();
            Context.Stop(Self);
        });
        fabric.Tell(new FabricActor.Connect(sourceIp, target));
    }

    private sealed record Received(ReadOnlyMemory<byte> Bytes);

    public static Props Props(IClientConnection client, IActorRef fabric, string sourceIp, SocketAddress target) =>
        Akka.Actor.Props.Create(() => new Pump(client, fabric, sourceIp, target));

    protected override void PostStop()
    {
        if (_pod is { IsClosed: false }) _pod.Reset();
        _client.Dispose();
    }

    private void On(Connection.Segment segment)
    {
        switch (_pod?.Handle(segment))
        {
            case StreamEvent.Received:
                WriteOn();
                break;
            case StreamEvent.Drained:
                Read();
                break;
            case StreamEvent.Finished:
                _podFinished = true;
                WriteOn();
                break;
            case StreamEvent.Reset:
                Context.Stop(Self);
                break;
        }
    }

    private void Read()
    {
        if (_reading || _clientFinished) return;
        _reading = true;
        ReadOnce(_client).PipeTo(Self, failure: _ => new ClientGone());
    }

    private static async Task<object> ReadOnce(IClientConnection client)
    {
        var buffer = new byte[16 * 1024];
        var count = await client.Read(buffer).ConfigureAwait(false);
        return new Received(buffer.AsMemory(0, count));
    }

    private void WriteOn()
    {
        if (_writing || _pod is null) return;
        var bytes = _pod.Take();
        if (bytes.IsEmpty)
        {
            if (_podFinished) _client.Finish();
            EndIfDone();
            return;
        }
        _writing = true;
        WriteOnce(_client, bytes).PipeTo(Self, failure: _ => new ClientGone());
    }

    private static async Task<object> WriteOnce(IClientConnection client, ReadOnlyMemory<byte> bytes)
    {
        await client.Write(bytes).ConfigureAwait(false);
        return new ClientWritten();
    }

    private void EndIfDone()
    {
        if (_podFinished && !_writing && _pod!.Available == 0 && _clientFinished) Context.Stop(Self);
    }
}
