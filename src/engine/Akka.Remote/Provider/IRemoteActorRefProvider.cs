using Akka.Actor;

namespace Akka.Remote;

/// <summary>The provider of a system that others can reach.</summary>
public interface IRemoteActorRefProvider : IActorRefProvider
{
    /// <summary>What sends to other systems, and takes commands.</summary>
    RemoteTransport Transport { get; }

    /// <summary>Whether an address is this system's.</summary>
    bool HasAddress(Address address);

    /// <summary>Has nothing to do any more with an incarnation of another system.</summary>
    void Quarantine(Address address, int? uid);
}
