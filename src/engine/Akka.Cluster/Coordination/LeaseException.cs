namespace Akka.Coordination;

/// <summary>A lease could not be taken or given back.</summary>
public class LeaseException : Exception
{
    /// <summary>With what went wrong.</summary>
    public LeaseException(string message) : base(message) { }

    /// <summary>With what went wrong and why.</summary>
    public LeaseException(string message, Exception innerEx) : base(message, innerEx) { }
}

/// <summary>The answer did not come in time: the lease may have been taken or given back, or not.</summary>
public sealed class LeaseTimeoutException : LeaseException
{
    /// <summary>With what went wrong.</summary>
    public LeaseTimeoutException(string message) : base(message) { }

    /// <summary>With what went wrong and why.</summary>
    public LeaseTimeoutException(string message, Exception innerEx) : base(message, innerEx) { }
}
