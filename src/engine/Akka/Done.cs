namespace Akka;

/// <summary>Something is done, and there is no more to say.</summary>
public sealed class Done
{
    /// <summary>The one Done.</summary>
    public static readonly Done Instance = new();

    private Done() { }
}
