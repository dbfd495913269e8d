namespace AkkaKube.Console.Hosts;

/// <summary>The process that a host is.</summary>
public interface IHostProcess
{
    /// <summary>Ends it at once, with nothing written, closed or said.</summary>
    void Kill();

    /// <summary>Stops all its threads for a while, as if the machine had slept.</summary>
    void Freeze(TimeSpan time);
}
