using AkkaKube.Chaos.Processes;

namespace AkkaKube.Chaos.Places;

/// <summary>
/// A network namespace for each machine, with an address of its own, all on one bridge of this run. A wire is cut in one direction by a route that
/// leads nowhere. Everything is taken away at the end. Needs root.
/// </summary>
public sealed class Namespaces : IPlaces
{
    private readonly string _run;
    private readonly string _network;
    private readonly Dictionary<string, string> _addresses = [];
    private readonly HashSet<(string From, string To)> _cuts = [];

    private Namespaces(string run, int subnet) => (_run, _network) = (run, $"10.213.{subnet}");

    public bool CanCut => true;

    private string Bridge => $"{_run}b";

    /// <summary>Null where they cannot be made.</summary>
    public static async Task<Namespaces?> TryMake(int number)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") return null;
        var places = new Namespaces($"ak{number % 100000}", 1 + (number % 250));
        var made = await Shell.Run("ip", "link", "add", places.Bridge, "type", "bridge");
        if (made.ExitCode != 0) return null;
        try
        {
            await Shell.Ok("ip", "link", "set", places.Bridge, "up");
            await Shell.Ok("ip", "addr", "add", $"{places._network}.254/24", "dev", places.Bridge);
            await places.AddressOf("h1");
            return places;
        }
        catch (ShellException)
        {
            await places.DisposeAsync();
            return null;
        }
    }

    public async Task<string> AddressOf(string machine)
    {
        if (_addresses.TryGetValue(machine, out var known)) return known;
        var number = _addresses.Count + 1;
        var (space, wire, address) = (Space(machine), $"{_run}v{number}", $"{_network}.{number}");
        await Shell.Ok("ip", "netns", "add", space);
        _addresses[machine] = address;
        await Shell.Ok("ip", "link", "add", wire, "type", "veth", "peer", "name", "eth0", "netns", space);
        await Shell.Ok("ip", "link", "set", wire, "master", Bridge, "up");
        await Shell.Ok("ip", "-n", space, "link", "set", "lo", "up");
        await Shell.Ok("ip", "-n", space, "addr", "add", $"{address}/24", "dev", "eth0");
        await Shell.Ok("ip", "-n", space, "link", "set", "eth0", "up");
        return address;
    }

    public IReadOnlyList<string> Command(string machine, IReadOnlyList<string> program) => ["ip", "netns", "exec", Space(machine), .. program];

    public async Task Cut(string from, string to)
    {
        if (!_cuts.Add((from, to))) return;
        await Shell.Ok("ip", "-n", Space(from), "route", "add", "blackhole", $"{_addresses[to]}/32");
    }

    public async Task Heal()
    {
        foreach (var (from, to) in _cuts) await Shell.Ok("ip", "-n", Space(from), "route", "del", "blackhole", $"{_addresses[to]}/32");
        _cuts.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in _addresses.Keys) await Shell.Run("ip", "netns", "del", Space(machine));
        await Shell.Run("ip", "link", "del", Bridge);
    }

    private string Space(string machine) => $"{_run}-{machine}";
}
