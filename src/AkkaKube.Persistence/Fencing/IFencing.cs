namespace AkkaKube.Persistence;

/// <summary>Says by what right this host writes a stream.</summary>
internal interface IFencing
{
    /// <summary>The fence of a stream now; null where streams have none, because a single process has the database. Called by any thread.</summary>
    /// <exception cref="FencedException">This host does not hold the stream's lease.</exception>
    Fence? FenceOf(string persistenceId);
}

/// <summary>A single process: nobody else writes.</summary>
internal sealed class NoFencing : IFencing
{
    public Fence? FenceOf(string persistenceId) => null;
}
