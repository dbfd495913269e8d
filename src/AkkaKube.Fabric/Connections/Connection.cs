using Akka.Actor;

namespace AkkaKube.Fabric;

/// <summary>
/// A connection as one of its two ends sees it. Segments go straight from end to end: an end sends the records below to
/// <see cref="Peer"/>, each with <see cref="PeerId"/>. <see cref="FabricStream"/> does that for an actor.
/// </summary>
/// <param name="Id">This end; every segment that arrives for it carries this number.</param>
/// <param name="PeerId">The other end. The two differ, so one actor may hold both ends.</param>
/// <param name="Local">The address of this end.</param>
/// <param name="Remote">The address of the other end, as seen from here (after address translation).</param>
/// <param name="Peer">The actor that holds the other end.</param>
/// <param name="Window">How many bytes an end may send before the receiver has given credit for more.</param>
/// <param name="Wire">The actor that delays what this end sends by the fabric's latency, on this end's host; null where there is none.</param>
public sealed record Connection(long Id, long PeerId, SocketAddress Local, SocketAddress Remote, IActorRef Peer, int Window, IActorRef? Wire)
{
    /// <summary>Anything one end tells the other.</summary>
    /// <param name="To">The <see cref="Id"/> of the receiving end.</param>
    public abstract record Segment(long To);

    /// <summary>Bytes of the stream. Costs the sender as many bytes of credit.</summary>
    public sealed record Data(long To, ReadOnlyMemory<byte> Bytes) : Segment(To);

    /// <summary>The receiver has consumed this many bytes; the sender may send as many more.</summary>
    public sealed record Credit(long To, int Bytes) : Segment(To);

    /// <summary>The sender will send no more data (TCP: FIN); it still receives.</summary>
    public sealed record Finish(long To) : Segment(To);

    /// <summary>The sender has dropped the connection (TCP: RST); data under way is lost.</summary>
    public sealed record Reset(long To) : Segment(To);

    /// <summary>Sends <paramref name="segment"/> to the other end, over the wire where the fabric has a latency.</summary>
    public void Send(Segment segment, IActorRef self) => LatencyWire.Deliver(Wire, Peer, segment, self);
}
