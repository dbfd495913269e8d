using Akka.Actor;

namespace Akka.Remote;

/// <summary>The number of this incarnation of the system: another one after every start.</summary>
public class AddressUid : IExtension
{
    /// <summary>The number.</summary>
    public readonly int Uid;

    internal AddressUid(int uid) => Uid = uid;
}

/// <summary>Gives the <see cref="AddressUid"/> of a system.</summary>
public class AddressUidExtension : ExtensionIdProvider<AddressUid>
{
    /// <summary>The number of this incarnation of a system.</summary>
    public static int Uid(ActorSystem system) => new AddressUidExtension().Get(system).Uid;

    /// <inheritdoc />
    public override AddressUid CreateExtension(ExtendedActorSystem system) => new(system.Provider is RemoteActorRefProvider remote
        ? remote.Uid
        : throw new Configuration.ConfigurationException("The system has no remoting: set akka.actor.provider to remote or cluster"));
}
