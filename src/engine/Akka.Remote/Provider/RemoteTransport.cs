using Akka.Actor;

namespace Akka.Remote;

/// <summary>What sends to other systems.</summary>
public abstract class RemoteTransport
{
    private protected RemoteTransport(ExtendedActorSystem system) => System = system;

    /// <summary>The system.</summary>
    public ExtendedActorSystem System { get; }

    /// <summary>Where this system is reached.</summary>
    public abstract ISet<Address> Addresses { get; }

    /// <summary>Where this system is reached.</summary>
    public abstract Address DefaultAddress { get; }

    /// <summary>Carries a command out, e.g. <see cref="Transport.SetThrottle"/>; false when it is none that is known.</summary>
    public abstract Task<bool> ManagementCommand(object cmd);

    /// <summary>Carries a command out; false when it is none that is known.</summary>
    public abstract Task<bool> ManagementCommand(object cmd, CancellationToken cancellationToken);

    /// <summary>Has nothing to do any more with an incarnation of another system; without a uid, with the one that is there.</summary>
    public abstract void Quarantine(Address address, int? uid);
}
