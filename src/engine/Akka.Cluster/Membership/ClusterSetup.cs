using Akka.Actor;
using Akka.Actor.Setup;

namespace Akka.Cluster.Membership;

/// <summary>What a test gives a host instead of remoting: who it is, how it reaches others, and a clock that can jump.</summary>
/// <param name="Self">Who it is.</param>
/// <param name="Peer">How it reaches an actor of another host: the host's address and the actor's path below the root.</param>
internal sealed class ClusterSetup(UniqueAddress Self, Func<Address, string, ICanTell> Peer) : Setup
{
    public UniqueAddress Self { get; } = Self;
    public Func<Address, string, ICanTell> Peer { get; } = Peer;

    /// <summary>The monotonic clock; null: the scheduler's.</summary>
    public Func<TimeSpan>? Clock { get; init; }
}
