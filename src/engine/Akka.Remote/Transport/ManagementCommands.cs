using Akka.Actor;

namespace Akka.Remote.Transport;

/// <summary>How fast messages pass in one direction.</summary>
public abstract class ThrottleMode
{
    /// <summary>Whether a message of a size may pass now, and the mode after it.</summary>
    public abstract (ThrottleMode, bool) TryConsumeTokens(long nanoTimeOfSend, int tokens);

    /// <summary>How long a message of a size has to wait from now on.</summary>
    public abstract TimeSpan TimeToAvailable(long currentNanoTime, int tokens);
}

/// <summary>Everything passes at once.</summary>
public class Unthrottled : ThrottleMode
{
    /// <summary>The one.</summary>
    public static readonly Unthrottled Instance = new();

    private Unthrottled() { }

    /// <inheritdoc />
    public override (ThrottleMode, bool) TryConsumeTokens(long nanoTimeOfSend, int tokens) => (this, true);

    /// <inheritdoc />
    public override TimeSpan TimeToAvailable(long currentNanoTime, int tokens) => TimeSpan.Zero;
}

/// <summary>Nothing passes.</summary>
public class Blackhole : ThrottleMode
{
    /// <summary>The one.</summary>
    public static readonly Blackhole Instance = new();

    private Blackhole() { }

    /// <inheritdoc />
    public override (ThrottleMode, bool) TryConsumeTokens(long nanoTimeOfSend, int tokens) => (this, false);

    /// <inheritdoc />
    public override TimeSpan TimeToAvailable(long currentNanoTime, int tokens) => TimeSpan.Zero;
}

/// <summary>The directions of a throttle.</summary>
public class ThrottleTransportAdapter
{
    private ThrottleTransportAdapter() { }

    /// <summary>Which way.</summary>
    public enum Direction
    {
        /// <summary>What this system sends.</summary>
        Send,

        /// <summary>What it receives.</summary>
        Receive,

        /// <summary>Both.</summary>
        Both,
    }
}

/// <summary>
/// A command to <see cref="RemoteTransport.ManagementCommand(object)"/>: how messages to and from an address pass from now on. A mode whose
/// <see cref="ThrottleMode.TryConsumeTokens"/> lets nothing pass at once delays what is sent by its <see cref="ThrottleMode.TimeToAvailable"/>.
/// </summary>
public sealed class SetThrottle
{
    /// <summary>Creates the command.</summary>
    public SetThrottle(Address address, ThrottleTransportAdapter.Direction direction, ThrottleMode mode)
    {
        Address = address;
        Direction = direction;
        Mode = mode;
    }

    /// <summary>The other system.</summary>
    public Address Address { get; }

    /// <summary>Which way.</summary>
    public ThrottleTransportAdapter.Direction Direction { get; }

    /// <summary>How.</summary>
    public ThrottleMode Mode { get; }
}

/// <summary>A command to <see cref="RemoteTransport.ManagementCommand(object)"/>: cut the connections to an address; they are made again when needed.</summary>
public sealed class ForceDisassociate
{
    /// <summary>Creates the command.</summary>
    public ForceDisassociate(Address address) => Address = address;

    /// <summary>The other system.</summary>
    public Address Address { get; }
}

/// <summary>Commands to <see cref="RemoteTransport.ManagementCommand(object)"/> that lose messages by chance.</summary>
public class FailureInjectorTransportAdapter
{
    private FailureInjectorTransportAdapter() { }

    /// <summary>What happens to messages.</summary>
    public interface IGremlinMode;

    /// <summary>For all other systems that have no mode of their own.</summary>
    public class All
    {
        /// <summary>Creates the command.</summary>
        public All(IGremlinMode mode) => Mode = mode;

        /// <summary>What happens.</summary>
        public IGremlinMode Mode { get; }
    }

    /// <summary>For one other system.</summary>
    public class One
    {
        /// <summary>Creates the command.</summary>
        public One(Address remoteAddress, IGremlinMode mode)
        {
            RemoteAddress = remoteAddress;
            Mode = mode;
        }

        /// <summary>The other system.</summary>
        public Address RemoteAddress { get; }

        /// <summary>What happens.</summary>
        public IGremlinMode Mode { get; }
    }

    /// <summary>Nothing gets lost.</summary>
    public class PassThru : IGremlinMode
    {
        /// <summary>The one.</summary>
        public static readonly PassThru Instance = new();

        private PassThru() { }
    }

    /// <summary>Messages get lost.</summary>
    public class Drop : IGremlinMode
    {
        /// <summary>Creates the mode from the chances, 0 to 1, that a message sent or received gets lost.</summary>
        public Drop(double outboundDropP, double inboundDropP)
        {
            OutboundDropP = outboundDropP;
            InboundDropP = inboundDropP;
        }

        /// <summary>The chance for what is sent.</summary>
        public double OutboundDropP { get; }

        /// <summary>The chance for what is received.</summary>
        public double InboundDropP { get; }
    }
}
