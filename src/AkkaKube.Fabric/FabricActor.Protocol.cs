using Akka.Actor;

namespace AkkaKube.Fabric;

public sealed partial class FabricActor
{
    // ---- addresses

    /// <summary>Gives the address <paramref name="Ip"/> to a network namespace. It is taken away when <paramref name="Owner"/> stops.</summary>
    /// <param name="Ip">The address.</param>
    /// <param name="Node">The node it lives on, whose routes apply to its connections.</param>
    /// <param name="Owner">The pod's sandbox, or the node for the node's own address.</param>
    public sealed record Attach(string Ip, string Node, IActorRef Owner);

    /// <summary>Reply to <see cref="Attach"/>.</summary>
    public sealed record Attached(string Ip);

    /// <summary>Reply to <see cref="Attach"/> or <see cref="Listen"/>: somebody else has the address, or listens on the port.</summary>
    public sealed record AddressInUse(SocketAddress Address);

    /// <summary>Takes an address away, with everything that listens on it. Only its owner's name is believed.</summary>
    public sealed record Detach(string Ip, IActorRef Owner);

    // ---- listening

    /// <summary>Connections to <paramref name="Address"/> go to <paramref name="Listener"/>, as <see cref="Incoming"/>, until it stops.</summary>
    /// <param name="Address">An attached address and a port.</param>
    /// <param name="Listener">Need not be the owner of the address: pods on the host's network share the node's.</param>
    public sealed record Listen(SocketAddress Address, IActorRef Listener)
    {
        /// <summary>Only connections to 127.0.0.1 from the same address are let in.</summary>
        public bool LoopbackOnly { get; init; }

        /// <summary>Comes back in the reply.</summary>
        public object? Tag { get; init; }
    }

    /// <summary>Reply to <see cref="Listen"/>: done.</summary>
    public sealed record Listening(SocketAddress Address, object? Tag);

    /// <summary>Reply to <see cref="Listen"/>: not done (address in use, or address not available).</summary>
    public sealed record ListenFailed(SocketAddress Address, string Reason, object? Tag);

    /// <summary>The listener wants no more connections; those it has go on.</summary>
    public sealed record Unlisten(SocketAddress Address, IActorRef Listener);

    // ---- connecting

    /// <summary>Opens a connection for the sender. Answered by <see cref="Connected"/>, <see cref="Refused"/> or <see cref="TimedOut"/>.</summary>
    /// <param name="SourceIp">The address of the network namespace it starts from; one that is not attached is outside of the cluster.</param>
    /// <param name="Target">Where to; a Service's address and a node port too. 127.0.0.1 is the namespace itself.</param>
    public sealed record Connect(string SourceIp, SocketAddress Target)
    {
        /// <summary>When to give up; null, and more than that, takes <c>akkakube.fabric.connect-timeout</c>.</summary>
        public TimeSpan? Timeout { get; init; }

        /// <summary>Comes back in the reply. It may travel to another host and back: a number or a text.</summary>
        public object? Tag { get; init; }
    }

    /// <summary>
    /// To a listener: somebody connects. It answers with <see cref="Accept"/> (or hands this to an actor that does) or <see cref="Refuse"/>.
    /// </summary>
    /// <param name="Connection">The listener's end.</param>
    /// <param name="Requested">The connect request's tag.</param>
    /// <param name="ConnectorView">The address that the connecting end asked for.</param>
    public sealed record Incoming(Connection Connection, object? Requested, SocketAddress ConnectorView)
    {
        /// <summary>Set where the connection comes from another host.</summary>
        internal Elsewhere? From { get; init; }

        /// <summary>Takes the connection: <paramref name="self"/> holds this end from now on.</summary>
        public FabricStream Accept(IActorRef self)
        {
            var wire = From is null ? Connection.Wire : From.Wire;
            var theirs = new Connection(Connection.PeerId, Connection.Id, Connection.Remote, ConnectorView, self, Connection.Window, wire);
            LatencyWire.Deliver(Connection.Wire, Connection.Peer, new Connected(theirs, Requested), self);
            return new FabricStream(Connection, self, From?.Here);
        }

        /// <summary>Lets the other end know that nobody is here.</summary>
        public void Refuse(IActorRef self)
        {
            if (From is null)
            {
                LatencyWire.Deliver(Connection.Wire, Connection.Peer, new Refused(ConnectorView, Requested), self);
                return;
            }

            LatencyWire.Deliver(Connection.Wire, From.Origin, new AcrossRefused(Connection.PeerId), From.Here);
            From.Here.Tell(new ConnectionEnded(Connection.Id, 0, 0), self);
        }

        /// <summary>Where a connection from another host comes from.</summary>
        /// <param name="Origin">The fabric of that host.</param>
        /// <param name="Wire">Its wire.</param>
        /// <param name="Here">The fabric of this host, which keeps count of what would have to be reset.</param>
        internal sealed record Elsewhere(IActorRef Origin, IActorRef? Wire, IActorRef Here);
    }

    /// <summary>To who sent <see cref="Connect"/>: the connection stands. It makes a <see cref="FabricStream"/> of it.</summary>
    public sealed record Connected(Connection Connection, object? Tag);

    /// <summary>To who sent <see cref="Connect"/>: nobody listens there ("connection refused").</summary>
    public sealed record Refused(SocketAddress Target, object? Tag);

    /// <summary>To who sent <see cref="Connect"/>: nobody has that address, or a rule drops the connection ("i/o timeout").</summary>
    public sealed record TimedOut(SocketAddress Target, object? Tag);

    /// <summary>From the end that opened a connection, and from one that was opened on another host, when it has ended. <see cref="FabricStream"/> sends it.</summary>
    public sealed record ConnectionEnded(long Id, long BytesSent, long BytesReceived);

    // ---- rules

    /// <summary>Replaces the rules that a node applies to the connections of its namespaces and to those addressed to itself.</summary>
    public sealed record SetRoutes(string Node, IRoutes Routes);

    /// <summary>The node is gone: its rules too.</summary>
    public sealed record RemoveRoutes(string Node);

    // ---- names

    /// <summary>Names are resolved by <paramref name="Resolver"/> from now on: the cluster's DNS gets every <see cref="Resolve"/> forwarded.</summary>
    public sealed record SetResolver(IActorRef Resolver);

    /// <summary>Looks a name up. Answered by <see cref="Resolved"/> or <see cref="NotResolved"/>.</summary>
    /// <param name="Name">As a program gave it.</param>
    /// <param name="Search">The search domains of the asking pod.</param>
    /// <param name="Ndots">See <see cref="SearchPath"/>, which gives the names to try, in order; the first that exists answers.</param>
    public sealed record Resolve(string Name, IReadOnlyList<string> Search, int Ndots = 5)
    {
        /// <summary>What is asked for.</summary>
        public RecordType Type { get; init; } = RecordType.A;

        /// <summary>The address that asks.</summary>
        public string? SourceIp { get; init; }

        /// <summary>Comes back in the reply.</summary>
        public object? Tag { get; init; }
    }

    /// <summary>The kinds of DNS records that can be asked for.</summary>
    public enum RecordType
    {
        /// <summary>IPv4 addresses.</summary>
        A,

        /// <summary>IPv6 addresses.</summary>
        Aaaa,

        /// <summary>Services with port and target; each value is <c>priority weight port target</c>.</summary>
        Srv,

        /// <summary>The name of an address.</summary>
        Ptr,

        /// <summary>The name that a name stands for.</summary>
        Cname,
    }

    /// <summary>The name exists.</summary>
    /// <param name="Name">The fully qualified name that answered.</param>
    /// <param name="Values">Its records, in the order to use them; empty if it has none of the type asked for.</param>
    /// <param name="Tag">The request's.</param>
    public sealed record Resolved(string Name, IReadOnlyList<string> Values, object? Tag);

    /// <summary>No such name, or nobody to ask.</summary>
    /// <param name="Name">As asked for.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Tag">The request's.</param>
    public sealed record NotResolved(string Name, ResolveFailure Reason, object? Tag);

    /// <summary>Why a name was not resolved.</summary>
    public enum ResolveFailure
    {
        /// <summary>NXDOMAIN.</summary>
        NoSuchName,

        /// <summary>The server could not answer (SERVFAIL).</summary>
        ServerFailure,

        /// <summary>There is no server.</summary>
        NoServer,
    }

    // ---- statistics

    /// <summary>Asks for <see cref="Statistics"/>.</summary>
    public sealed record GetStatistics;

    /// <summary>What the fabric has carried since it started.</summary>
    /// <param name="Addresses">Attached now.</param>
    /// <param name="Listeners">Listening now.</param>
    /// <param name="Opened">Connections handed to a listener.</param>
    /// <param name="Ended">Connections that have ended.</param>
    /// <param name="Refused">Connections refused.</param>
    /// <param name="TimedOut">Connections that went nowhere.</param>
    /// <param name="Bytes">Carried by the connections that have ended, both ways.</param>
    public sealed record Statistics(int Addresses, int Listeners, long Opened, long Ended, long Refused, long TimedOut, long Bytes)
    {
        /// <summary>Addresses of other hosts that are known here.</summary>
        public int Elsewhere { get; init; }
    }
}
