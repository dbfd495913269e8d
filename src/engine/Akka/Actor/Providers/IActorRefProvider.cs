using Akka.Serialization;

namespace Akka.Actor;

/// <summary>Finds references by path, and knows where the system is reached.</summary>
public interface IActorRefProvider
{
    /// <summary>The path of the root.</summary>
    ActorPath RootPath { get; }

    /// <summary>The settings.</summary>
    Settings Settings { get; }

    /// <summary>Where messages go that nobody can receive.</summary>
    IActorRef DeadLetters { get; }

    /// <summary>Takes every message and drops it.</summary>
    IActorRef IgnoreRef { get; }

    /// <summary>Where other systems reach this one; the local address where they cannot.</summary>
    Address DefaultAddress { get; }

    /// <summary>By which address references are written.</summary>
    Information SerializationInformation { get; }

    /// <summary>Ends when the system has.</summary>
    Task TerminationTask { get; }

    /// <summary>By which address the system at <paramref name="address"/> knows this one; null when it cannot reach it.</summary>
    Address? GetExternalAddressFor(Address address);

    /// <summary>The reference that a path names, here or elsewhere; where nobody lives, one that leads to the dead letters.</summary>
    IActorRef ResolveActorRef(string path);

    /// <summary>The reference that a path names, here or elsewhere; where nobody lives, one that leads to the dead letters.</summary>
    IActorRef ResolveActorRef(ActorPath actorPath);

    /// <summary>The root of the system at an address.</summary>
    IActorRef RootGuardianAt(Address address);

    /// <summary>A path below /temp that was not used yet.</summary>
    ActorPath TempPath();
}
