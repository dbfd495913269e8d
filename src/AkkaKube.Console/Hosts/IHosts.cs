using Akka.Actor;
using AkkaKube.Api;

namespace AkkaKube.Console.Hosts;

/// <summary>Which hosts there are, as this one knows them now, and what can be done about their membership.</summary>
public interface IHosts
{
    /// <summary>The name of this host.</summary>
    string Self { get; }

    /// <summary>Whether there can be others.</summary>
    bool IsCluster { get; }

    /// <summary>All hosts, in the order of their names.</summary>
    IReadOnlyList<HostEntry> All(ActorSystem system);

    /// <summary>The console of a host.</summary>
    ICanTell ConsoleOf(ActorSystem system, HostEntry host);

    /// <summary>The types of sharded entities that this host knows.</summary>
    IReadOnlyList<string> EntityTypes(ActorSystem system);

    /// <summary>The region of a type of sharded entity on this host; null: there is none.</summary>
    IActorRef? RegionOf(ActorSystem system, string type);

    /// <summary>Has this host join the cluster that a member is in.</summary>
    void Join(ActorSystem system, Address member);

    /// <summary>Has a member hand over what it has and go.</summary>
    void Leave(ActorSystem system, HostEntry member);

    /// <summary>Declares a member dead.</summary>
    void Down(ActorSystem system, HostEntry member);

    /// <summary>Tells the listener everything that happens to members, from now on until it stops.</summary>
    void Follow(ActorSystem system, IActorRef listener);

    /// <summary>What a message of <see cref="Follow"/> says, in a line; null: it is none.</summary>
    string? Describe(object message);
}

/// <summary>A host as another one knows it.</summary>
/// <param name="Name">Its name, e.g. <c>h1</c>.</param>
/// <param name="Address">Where its actors are.</param>
/// <param name="Status">How far it has come: Joining, Up, Leaving, Exiting, Down.</param>
/// <param name="Roles">What it may run.</param>
public sealed record HostEntry(string Name, Address Address, string Status, ValueList<string> Roles)
{
    /// <summary>It answers.</summary>
    public bool IsReachable { get; init; } = true;

    /// <summary>It leads the members.</summary>
    public bool IsLeader { get; init; }

    /// <summary>It is the host that was asked.</summary>
    public bool IsSelf { get; init; }

    /// <summary>Whether a user who writes this means this host.</summary>
    public bool IsCalled(string nameOrAddress) => Name == nameOrAddress || Address.ToString() == nameOrAddress || $"{Address.Host}:{Address.Port}" == nameOrAddress;
}
