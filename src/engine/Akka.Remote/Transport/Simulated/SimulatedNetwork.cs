using Akka.Actor;

namespace Akka.Remote.Transport.Simulated;

/// <summary>
/// A network inside of the process, given to each of its systems as a setup. Between two addresses everything keeps its order; how long it takes, and
/// whether it gets lost or comes twice, is drawn from the seed. Time is that of the receiving system's scheduler.
/// </summary>
internal sealed class SimulatedNetwork(int seed) : Actor.Setup.Setup
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly Dictionary<Address, SimulatedTransport> _hosts = [];
    private readonly Dictionary<(Address From, Address To), Path> _paths = [];
    private readonly List<SimulatedConnection> _connections = [];
    private int _nextPort = 1;

    /// <summary>How long everything takes on paths that say nothing else.</summary>
    public Func<Random, TimeSpan> DefaultDelay { get; set; } = static _ => TimeSpan.Zero;

    private sealed class Path
    {
        public Func<Random, TimeSpan>? Delay;
        public double Loss;
        public double Duplication;
        public bool IsCut;
        public TimeSpan LastDue;
        public readonly Queue<(TimeSpan Due, Action Arrive)> InFlight = new();
    }

    /// <summary>How long everything takes from one to the other.</summary>
    public void SetDelay(Address from, Address to, Func<Random, TimeSpan>? delay) => Change(from, to, path => path.Delay = delay);

    /// <summary>How likely a frame gets lost.</summary>
    public void SetLoss(Address from, Address to, double probability) => Change(from, to, path => path.Loss = probability);

    /// <summary>How likely a frame comes twice.</summary>
    public void SetDuplication(Address from, Address to, double probability) => Change(from, to, path => path.Duplication = probability);

    /// <summary>Nothing gets from one to the other any more; the other way is open.</summary>
    public void Cut(Address from, Address to) => Change(from, to, static path => path.IsCut = true);

    /// <summary>Nothing gets through between the two, either way.</summary>
    public void Partition(Address a, Address b)
    {
        Cut(a, b);
        Cut(b, a);
    }

    /// <summary>Opens both ways between the two.</summary>
    public void Heal(Address a, Address b)
    {
        Change(a, b, static path => path.IsCut = false);
        Change(b, a, static path => path.IsCut = false);
    }

    /// <summary>No delay, loss, duplication or cut any more, anywhere.</summary>
    public void HealAll()
    {
        lock (_lock)
        {
            foreach (var path in _paths.Values)
            {
                path.Delay = null;
                path.Loss = path.Duplication = 0;
                path.IsCut = false;
            }
        }
    }

    /// <summary>Ends the connections between the two, as a router does that forgets them; both sides notice.</summary>
    public void Break(Address a, Address b)
    {
        foreach (var connection in Connections(c => c.Joins(a, b))) connection.Break();
    }

    /// <summary>The host is gone as after a power cut of its process: its connections end, nothing comes from it or reaches it until it is started again.</summary>
    public void Crash(Address host)
    {
        SimulatedTransport? transport;
        lock (_lock) _hosts.Remove(host, out transport);
        transport?.Kill();
        foreach (var connection in Connections(c => c.Touches(host))) connection.Break();
    }

    internal Address Register(SimulatedTransport transport, string system, string host, int port)
    {
        lock (_lock)
        {
            Address address;
            do address = new Address("akka.test", system, host, port == 0 ? _nextPort++ : port);
            while (port == 0 && _hosts.ContainsKey(address));
            if (!_hosts.TryAdd(address, transport)) throw new RemoteTransportException($"The address {address} of the simulated network is taken");
            return address;
        }
    }

    internal void Unregister(Address address, SimulatedTransport transport)
    {
        lock (_lock)
        {
            if (_hosts.TryGetValue(address, out var registered) && ReferenceEquals(registered, transport)) _hosts.Remove(address);
        }
    }

    internal void EndConnectionsOf(Address host)
    {
        foreach (var connection in Connections(c => c.Touches(host))) connection.EndFor(host);
    }

    internal SimulatedTransport? HostAt(Address address)
    {
        lock (_lock) return _hosts.GetValueOrDefault(address);
    }

    internal void Add(SimulatedConnection connection)
    {
        lock (_lock) _connections.Add(connection);
    }

    internal void Remove(SimulatedConnection connection)
    {
        lock (_lock) _connections.Remove(connection);
    }

    /// <summary>Has something arrive after the delay of the path, after all that was sent on it before; false when the path is cut.</summary>
    internal bool Carry(Address from, SimulatedTransport to, Action arrive, bool isFrame)
    {
        lock (_lock)
        {
            var path = PathOf(from, to.Address);
            if (path.IsCut || isFrame && path.Loss > 0 && _random.NextDouble() < path.Loss) return false;
            var copies = isFrame && path.Duplication > 0 && _random.NextDouble() < path.Duplication ? 2 : 1;
            while (copies-- > 0)
            {
                var now = to.Now;
                var due = now + (path.Delay ?? DefaultDelay)(_random);
                if (due < path.LastDue) due = path.LastDue;
                path.LastDue = due;
                path.InFlight.Enqueue((due, arrive));
                to.At(due - now, () => Arrive(path));
            }

            return true;
        }
    }

    private void Arrive(Path path)
    {
        Action arrive;
        lock (_lock)
        {
            arrive = path.InFlight.Dequeue().Arrive;
            if (path.IsCut) return;
        }

        arrive();
    }

    private SimulatedConnection[] Connections(Func<SimulatedConnection, bool> which)
    {
        lock (_lock) return _connections.Where(which).ToArray();
    }

    private void Change(Address from, Address to, Action<Path> change)
    {
        lock (_lock) change(PathOf(from, to));
    }

    private Path PathOf(Address from, Address to)
    {
        if (!_paths.TryGetValue((from, to), out var path)) _paths[(from, to)] = path = new Path();
        return path;
    }
}
