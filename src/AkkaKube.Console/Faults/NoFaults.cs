namespace AkkaKube.Console.Faults;

/// <summary>A host without links.</summary>
public sealed class NoFaults : IFaults
{
    /// <inheritdoc/>
    public Task Apply(Fault fault) => Task.FromException(new FaultException($"this host has no link to {fault.Peer} that can be broken"));

    /// <inheritdoc/>
    public Task Heal(Fault fault) => Task.CompletedTask;
}
