namespace AkkaKube.Host;

/// <summary>Why the host does not start: one line that says what is wrong, where, and what to do. The exit code is 1.</summary>
public sealed class Refusal : Exception
{
    /// <summary>A refusal with the line that the user gets to see.</summary>
    public Refusal(string message, Exception? cause = null)
        : base(message.ReplaceLineEndings(" "), cause)
    {
    }
}
