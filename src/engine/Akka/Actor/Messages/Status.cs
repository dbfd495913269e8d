namespace Akka.Actor;

/// <summary>The end of a piece of work, told as a message.</summary>
public abstract class Status
{
    private protected Status() { }

    /// <summary>It went well.</summary>
    public sealed class Success : Status
    {
        /// <summary>Creates the message.</summary>
        public Success(object? status) => Status = status!;

        /// <summary>A success without a result.</summary>
        public static Success Instance { get; } = new(null);

        /// <summary>The result.</summary>
        public object Status { get; }

        /// <inheritdoc />
        public override string ToString() => $"Success: {Status ?? "None"}";
    }

    /// <summary>It failed.</summary>
    public sealed class Failure : Status
    {
        /// <summary>Creates the message.</summary>
        public Failure(Exception cause) : this(cause, null) { }

        /// <summary>Creates the message with some state of the sender.</summary>
        public Failure(Exception cause, object? state)
        {
            Cause = cause;
            State = state!;
        }

        /// <summary>Why.</summary>
        public Exception Cause { get; }

        /// <summary>What the sender adds.</summary>
        public object State { get; }

        /// <inheritdoc />
        public override string ToString() => $"Failure: {Cause}";
    }
}
