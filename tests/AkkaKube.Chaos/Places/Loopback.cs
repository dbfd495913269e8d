namespace AkkaKube.Chaos.Places;

/// <summary>Processes side by side on 127.0.0.1, where network namespaces cannot be made. No wire can be cut.</summary>
public sealed class Loopback : IPlaces
{
    public bool CanCut => false;

    public Task<string> AddressOf(string machine) => Task.FromResult("127.0.0.1");

    public IReadOnlyList<string> Command(string machine, IReadOnlyList<string> program) => program;

    public Task Cut(string from, string to) => throw new NotSupportedException("wires between processes on one loopback cannot be cut");

    public Task Heal() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
