using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>What happens between this system and others; published on the event stream.</summary>
public abstract class RemotingLifecycleEvent
{
    /// <summary>How important it is for the log.</summary>
    public abstract LogLevel LogLevel();
}

/// <summary>What happens between two systems.</summary>
public abstract class AssociationEvent : RemotingLifecycleEvent
{
    /// <summary>The address of this system.</summary>
    public abstract Address LocalAddress { get; protected set; }

    /// <summary>The address of the other.</summary>
    public abstract Address RemoteAddress { get; protected set; }

    /// <summary>Whether the other one has called.</summary>
    public abstract bool IsInbound { get; protected set; }

    /// <summary>A word for the log.</summary>
    protected string EventName { get; set; } = "";

    /// <inheritdoc />
    public override string ToString() => $"{EventName} [{LocalAddress}]{(IsInbound ? " <- " : " -> ")}{RemoteAddress}";
}

/// <summary>A connection stands.</summary>
public sealed class AssociatedEvent : AssociationEvent
{
    /// <summary>Creates the event.</summary>
    public AssociatedEvent(Address localAddress, Address remoteAddress, bool inbound)
    {
        LocalAddress = localAddress;
        RemoteAddress = remoteAddress;
        IsInbound = inbound;
        EventName = "Associated";
    }

    /// <inheritdoc />
    public override Address LocalAddress { get; protected set; }

    /// <inheritdoc />
    public override Address RemoteAddress { get; protected set; }

    /// <inheritdoc />
    public override bool IsInbound { get; protected set; }

    /// <inheritdoc />
    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}

/// <summary>A connection has ended.</summary>
public sealed class DisassociatedEvent : AssociationEvent
{
    /// <summary>Creates the event.</summary>
    public DisassociatedEvent(Address localAddress, Address remoteAddress, bool inbound)
    {
        LocalAddress = localAddress;
        RemoteAddress = remoteAddress;
        IsInbound = inbound;
        EventName = "Disassociated";
    }

    /// <inheritdoc />
    public override Address LocalAddress { get; protected set; }

    /// <inheritdoc />
    public override Address RemoteAddress { get; protected set; }

    /// <inheritdoc />
    public override bool IsInbound { get; protected set; }

    /// <inheritdoc />
    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}

/// <summary>A connection could not be made, or was refused.</summary>
public sealed class AssociationErrorEvent : AssociationEvent
{
    private readonly LogLevel _level;

    /// <summary>Creates the event.</summary>
    public AssociationErrorEvent(Exception cause, Address localAddress, Address remoteAddress, bool inbound, LogLevel level)
    {
        Cause = cause;
        LocalAddress = localAddress;
        RemoteAddress = remoteAddress;
        IsInbound = inbound;
        _level = level;
        EventName = "AssociationError";
    }

    /// <summary>Why.</summary>
    public Exception Cause { get; }

    /// <inheritdoc />
    public override Address LocalAddress { get; protected set; }

    /// <inheritdoc />
    public override Address RemoteAddress { get; protected set; }

    /// <inheritdoc />
    public override bool IsInbound { get; protected set; }

    /// <inheritdoc />
    public override LogLevel LogLevel() => _level;

    /// <inheritdoc />
    public override string ToString() => $"{base.ToString()}: Error [{Cause.Message}]";
}

/// <summary>The system listens.</summary>
public sealed class RemotingListenEvent : RemotingLifecycleEvent
{
    /// <summary>Creates the event.</summary>
    public RemotingListenEvent(IList<Address> listenAddresses) => ListenAddresses = listenAddresses;

    /// <summary>Where.</summary>
    public IList<Address> ListenAddresses { get; }

    /// <inheritdoc />
    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;

    /// <inheritdoc />
    public override string ToString() => $"Remoting now listens on addresses: [{string.Join(",", ListenAddresses)}]";
}

/// <summary>The system listens no more.</summary>
public sealed class RemotingShutdownEvent : RemotingLifecycleEvent
{
    /// <inheritdoc />
    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;

    /// <inheritdoc />
    public override string ToString() => "Remoting shut down";
}

/// <summary>An incarnation of another system counts as gone, for good; only a new start of it will be talked to.</summary>
public sealed class QuarantinedEvent : RemotingLifecycleEvent
{
    /// <summary>Creates the event.</summary>
    public QuarantinedEvent(Address address, int uid)
    {
        Address = address;
        Uid = uid;
    }

    /// <summary>Where it is.</summary>
    public Address Address { get; }

    /// <summary>Which incarnation.</summary>
    public int Uid { get; }

    /// <inheritdoc />
    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;

    /// <inheritdoc />
    public override string ToString() => $"Association to [{Address}] having UID [{Uid}] is irrecoverably failed: this incarnation is quarantined; its system must be restarted to be talked to again.";
}

/// <summary>Another system wants nothing to do with this incarnation any more.</summary>
public sealed class ThisActorSystemQuarantinedEvent : RemotingLifecycleEvent
{
    /// <summary>Creates the event.</summary>
    public ThisActorSystemQuarantinedEvent(Address localAddress, Address remoteAddress)
    {
        LocalAddress = localAddress;
        RemoteAddress = remoteAddress;
    }

    /// <summary>The address of this system.</summary>
    public Address LocalAddress { get; }

    /// <summary>The address of the other.</summary>
    public Address RemoteAddress { get; }

    /// <inheritdoc />
    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;

    /// <inheritdoc />
    public override string ToString() => $"The remote system {RemoteAddress} has quarantined this system {LocalAddress}.";
}
