using Akka.Actor;

namespace AkkaKube.Console.Hosts;

/// <summary>A process that is a whole cluster.</summary>
public sealed class SingleHost : IHosts
{
    /// <summary>What commands for members answer here.</summary>
    public const string Alone = "this is a single host; 'akkakube up --database ...' makes one that others can join";

    /// <inheritdoc/>
    public string Self => "local";

    /// <inheritdoc/>
    public bool IsCluster => false;

    /// <inheritdoc/>
    public IReadOnlyList<HostEntry> All(ActorSystem system) => [new HostEntry(Self, new Address("akka", system.Name), "Up", []) { IsLeader = true, IsSelf = true }];

    /// <inheritdoc/>
    public ICanTell ConsoleOf(ActorSystem system, HostEntry host) => system.ActorSelection("/user/console");

    /// <inheritdoc/>
    public IReadOnlyList<string> EntityTypes(ActorSystem system) => [];

    /// <inheritdoc/>
    public IActorRef? RegionOf(ActorSystem system, string type) => null;

    /// <inheritdoc/>
    public void Join(ActorSystem system, Address member) => throw new InvalidOperationException(Alone);

    /// <inheritdoc/>
    public void Leave(ActorSystem system, HostEntry member) => throw new InvalidOperationException(Alone);

    /// <inheritdoc/>
    public void Down(ActorSystem system, HostEntry member) => throw new InvalidOperationException(Alone);

    /// <inheritdoc/>
    public void Follow(ActorSystem system, IActorRef listener)
    {
    }

    /// <inheritdoc/>
    public string? Describe(object message) => null;
}
