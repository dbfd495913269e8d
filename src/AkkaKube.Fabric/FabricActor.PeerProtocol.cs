using Akka.Actor;

namespace AkkaKube.Fabric;

/// <summary>What the fabrics of several hosts tell each other. Of the messages to and from others these, and those of a connection's two ends, cross hosts.</summary>
public sealed partial class FabricActor
{
    /// <summary>The fabrics of the other hosts of the cluster, all of them, whenever one has come or gone. Who is missing is dead: its connections are reset. Stays on its host.</summary>
    /// <param name="Fabrics">Without the fabric that is told.</param>
    public sealed record Peers(IReadOnlyList<IActorRef> Fabrics);

    /// <summary>An address of another host's fabric.</summary>
    /// <param name="Ip">The address.</param>
    /// <param name="Node">The node it lives on.</param>
    public sealed record PeerAddress(string Ip, string Node);

    /// <summary>All addresses of the sender, in one or several parts.</summary>
    /// <param name="Version">Counts its changes.</param>
    /// <param name="Addresses">All it has, or the next part of it.</param>
    public sealed record PeerTable(long Version, IReadOnlyList<PeerAddress> Addresses)
    {
        /// <summary>More of it follows.</summary>
        public bool HasMore { get; init; }
    }

    /// <summary>What has changed since the version before.</summary>
    public sealed record PeerChanged(long Version, IReadOnlyList<PeerAddress> Attached, IReadOnlyList<string> Detached);

    /// <summary>Said now and then, so that who has missed a change notices.</summary>
    public sealed record PeerVersion(long Version);

    /// <summary>Asks for <see cref="PeerTable"/>.</summary>
    public sealed record AskPeerTable;

    /// <summary>
    /// A connection from another host to an address of this one. Answered to <paramref name="Origin"/> by <see cref="AcrossTaken"/>,
    /// <see cref="AcrossRefused"/> or <see cref="AcrossUnanswered"/>; it times out there when none of them comes.
    /// </summary>
    /// <param name="Id">The end of the one who connects.</param>
    /// <param name="Request">As it was asked for. Its tag comes back, so it is a number or a text.</param>
    /// <param name="Connector">Who connects.</param>
    /// <param name="Origin">The fabric of the host it is on.</param>
    /// <param name="Wire">The wire of that host, which delays what <paramref name="Connector"/> sends.</param>
    /// <param name="Source">The address it comes from, as its node's rules have made it.</param>
    /// <param name="Target">Where it goes to, as its node's rules have made it.</param>
    /// <param name="IsFinal">An endpoint was chosen: the rules of the target's node do not apply any more.</param>
    public sealed record Across(long Id, Connect Request, IActorRef Connector, IActorRef Origin, IActorRef? Wire, SocketAddress Source, SocketAddress Target, bool IsFinal);

    /// <summary>To the origin: the connection was handed to a listener of the sender's host.</summary>
    public sealed record AcrossTaken(long Id);

    /// <summary>To the origin: nobody listens, or the listener refused.</summary>
    public sealed record AcrossRefused(long Id);

    /// <summary>To the origin: nobody here has the address, or a rule drops the connection. It may be tried again.</summary>
    public sealed record AcrossUnanswered(long Id);
}
