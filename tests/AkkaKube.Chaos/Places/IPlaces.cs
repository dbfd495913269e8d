namespace AkkaKube.Chaos.Places;

/// <summary>Where the processes of a run live: machines with addresses of their own, and the wires between them.</summary>
public interface IPlaces : IAsyncDisposable
{
    /// <summary>What can be done to the wires here.</summary>
    bool CanCut { get; }

    /// <summary>The address of a machine (<c>h1</c>, <c>h2</c>, ..., <c>db</c>), which is made when it is first asked for.</summary>
    Task<string> AddressOf(string machine);

    /// <summary>The command line that runs a program there.</summary>
    IReadOnlyList<string> Command(string machine, IReadOnlyList<string> program);

    /// <summary>What <paramref name="from"/> sends to <paramref name="to"/> is lost from now on; the other way stays open.</summary>
    Task Cut(string from, string to);

    /// <summary>All wires carry again.</summary>
    Task Heal();
}
