namespace Akka.Actor;

/// <summary>The root of the engine's own exceptions.</summary>
public abstract class AkkaException : Exception
{
    /// <summary>A fault without a message.</summary>
    protected AkkaException()
    {
    }

    /// <summary>A fault with its message and what caused it.</summary>
    protected AkkaException(string? message, Exception? cause = null) : base(message, cause)
    {
    }

    /// <summary>What caused it.</summary>
    protected Exception Cause => InnerException!;
}
