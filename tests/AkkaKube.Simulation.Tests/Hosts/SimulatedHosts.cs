using System.Globalization;
using System.Text;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster.Membership;
using Akka.Configuration;
using Akka.Dispatch.Deterministic;
using Akka.Remote.Transport.Simulated;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaKube.Api;
using AkkaKube.ApiServer;
using AkkaKube.Client.Requests;
using AkkaKube.Host.Composition;
using AkkaKube.Simulation.Tests.Database;
using AkkaKube.Simulation.Tests.Observed;
using AkkaKube.Tests;

namespace AkkaKube.Simulation.Tests.Hosts;

/// <summary>
/// Several hosts of one cluster in the thread of the test, with a simulated network and a simulated database between them. Everything, and every
/// fault, follows from one seed.
/// </summary>
internal sealed class SimulatedHosts : TestKitBase, IDisposable
{
    public static readonly UserInfo Admin = new("kubernetes-admin", ["system:masters"]);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static int _clusters;

    private readonly SynchronizationContext? _before = SynchronizationContext.Current;
    private readonly string _table = $"simulation-{Interlocked.Increment(ref _clusters)}";
    private readonly Host[] _hosts;
    private readonly int _nodes;

    private SimulatedHosts(ActorSystem leader, int seed, int hosts, int nodes) : base(new XunitAssertions(), leader, "client")
    {
        (Seed, _nodes) = (seed, nodes);
        Random = new Random(seed);
        Database = new SimulatedDatabase(Sys.Scheduler, seed);
        Network = new SimulatedNetwork(seed) { DefaultDelay = static random => TimeSpan.FromMicroseconds(random.Next(30) == 0 ? random.Next(1000, 20_000) : random.Next(50, 400)) };
        _hosts = [.. Enumerable.Range(1, hosts).Select(i => new Host($"h{i}", new Address("akka.test", $"h{i}", $"h{i}", 7100)))];
    }

    /// <summary>What decides everything.</summary>
    public int Seed { get; }

    /// <summary>For what the walk decides.</summary>
    public Random Random { get; }

    public SimulatedDatabase Database { get; }

    public SimulatedNetwork Network { get; }

    public int Count => _hosts.Length;

    /// <summary>How long it has been running, by its own clock.</summary>
    public TimeSpan Elapsed => Sys.Scheduler.MonotonicClock;

    /// <summary>Starts the hosts; on return each of them serves.</summary>
    public static SimulatedHosts Start(int seed, int hosts = 3, int nodes = 3, string? trace = null)
    {
        var leader = ActorSystem.Create("client", Deterministic(seed, trace).WithFallback(DefaultConfig));
        var all = new SimulatedHosts(leader, seed, hosts, nodes);
        try
        {
            for (var i = 0; i < hosts; i++) all.StartHost(i);
            for (var i = 0; i < hosts; i++) all.AwaitReady(i);
            return all;
        }
        catch
        {
            all.Dispose();
            throw;
        }
    }

    /// <summary>The API server of a host, or of one that is alive when it is asked for by a client that tries one after another.</summary>
    public IActorRef ApiServer(int host) => _hosts[host % _hosts.Length].Running?.ApiServer ?? ActorRefs.Nobody;

    public bool IsRunning(int host) => _hosts[host].Running is not null;

    /// <summary>Starts a host that is not running; one that ended because it was declared dead is started again by <see cref="Advance"/>.</summary>
    public void StartHost(int index)
    {
        var host = _hosts[index];
        host.Incarnation++;
        var system = ActorSystem.Create(host.Name, ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(Config(host)),
            new SharedRun(Sys),
            Network,
            new SimulatedDatabaseSetup(Database, host.Name),
            HostWire.Setup()));
        host.System = system;
        host.Running = ClusterHost.Start(system, host.Name, _nodes);
    }

    /// <summary>kill -9.</summary>
    public void Crash(int index)
    {
        var host = _hosts[index];
        if (host.System is null) return;
        DeterministicRun.Of(Sys)!.Crash(host.System);
        Network.Crash(host.Address);
        (host.System, host.Running) = (null, null);
    }

    /// <summary>Cuts the network between two hosts, both ways or one.</summary>
    public void Cut(int from, int to, bool bothWays = true)
    {
        Network.Cut(_hosts[from].Address, _hosts[to].Address);
        if (bothWays) Network.Cut(_hosts[to].Address, _hosts[from].Address);
    }

    /// <summary>Makes the network between two hosts lose and repeat frames.</summary>
    public void Disturb(int one, int other, double loss, double duplication)
    {
        foreach (var (from, to) in new[] { (_hosts[one].Address, _hosts[other].Address), (_hosts[other].Address, _hosts[one].Address) })
        {
            Network.SetLoss(from, to, loss);
            Network.SetDuplication(from, to, duplication);
        }
    }

    public void CutFromDatabase(int host, bool to, bool from) => Database.Cut(_hosts[host].Name, to, from);

    /// <summary>No fault any more; every host runs.</summary>
    public void Heal()
    {
        Network.HealAll();
        Database.Heal();
        for (var i = 0; i < Count; i++)
        {
            if (_hosts[i].System is null) StartHost(i);
        }
    }

    /// <summary>Lets time pass. A host whose system has ended by itself is started again, as its process does.</summary>
    public void Advance(double seconds)
    {
        var time = (TestScheduler)Sys.Scheduler;
        var end = Sys.Scheduler.Now + TimeSpan.FromSeconds(seconds);
        while (Sys.Scheduler.Now < end)
        {
            var step = end - Sys.Scheduler.Now;
            time.Advance(step < TimeSpan.FromMilliseconds(250) ? step : TimeSpan.FromMilliseconds(250));
            for (var i = 0; i < Count; i++)
            {
                if (_hosts[i].System is not { WhenTerminated.IsCompleted: true }) continue;
                (_hosts[i].System, _hosts[i].Running) = (null, null);
                StartHost(i);
            }
        }
    }

    /// <summary>Waits until a host serves.</summary>
    public void AwaitReady(int host)
    {
        ApiServer(host).Tell(new ApiServerActor.AwaitReadiness(), TestActor);
        ExpectMsg<ApiServerActor.Readiness>(Patience, $"{_hosts[host].Name} did not get ready").IsReady.ShouldBeTrue();
    }

    /// <summary>Asks a host, again and again while it cannot answer.</summary>
    public TReply Ask<TReply>(int host, ApiRequest request) where TReply : ApiReply
    {
        ApiReply? last = null;
        for (var tries = 0; tries < 60; tries++)
        {
            ApiServer(host).Tell(request, TestActor);
            last = TryReceive();
            if (last is TReply reply) return reply;
            Advance(1);
        }
        throw new InvalidOperationException($"{_hosts[host].Name}: {request} was answered with {last}\n{Leases()}");
    }

    private ApiReply? TryReceive()
    {
        DeterministicRun.Of(Sys)!.RunUntil(() => HasMessages, TimeSpan.FromSeconds(5));
        return HasMessages ? ExpectMsg<ApiReply>(TimeSpan.FromSeconds(1)) : null;
    }

    /// <summary>Creates an object in the default namespace.</summary>
    public ApiObject Create(int host, GroupVersionResource resource, string json) => Ask<Succeeded>(
        host, new Create(resource, ObjectBody.Json(Encoding.UTF8.GetBytes(json))) { User = Admin, Namespace = "default", FieldManager = "client", FieldValidation = "Strict" }).Object;

    /// <summary>What a client sees who asks a host now.</summary>
    public Observation Observe(int host, string name)
    {
        var seen = new Observation();
        Sys.ActorOf(Observer.Props(ApiServer(host), Admin, seen), name);
        return seen;
    }

    /// <summary>Which host has a lease, e.g. <c>shard/etcd/pods</c>.</summary>
    public int OwnerOf(string lease)
    {
        var view = InMemoryMembership.Of(_table).View();
        var owner = view.Members.Single(m => m.Uid == view.Leases[lease].Owner).Address;
        return Array.FindIndex(_hosts, host => host.Address.ToString() == owner);
    }

    /// <summary>The membership table as text: what one wants to see when a seed has failed.</summary>
    public string Leases()
    {
        var view = InMemoryMembership.Of(_table).View();
        var members = view.Members.Select(m => string.Create(CultureInfo.InvariantCulture, $"  {m.Address} {m.Uid} {m.Status} beat {m.Beat} suspects {string.Join(",", m.Suspects)}"));
        var leases = view.Leases.Values.OrderBy(l => l.Name, StringComparer.Ordinal).Where(l => !l.Name.StartsWith("shard/kubelet", StringComparison.Ordinal)).Select(l => string.Create(CultureInfo.InvariantCulture, $"  {l.Name}: {l.Owner} epoch {l.Epoch}"));
        return string.Join('\n', members.Concat(leases));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (var i = 0; i < Count; i++) Crash(i);
        Shutdown();
        SynchronizationContext.SetSynchronizationContext(_before);
    }

    private static Config Deterministic(int seed, string? trace) => ReferenceConf.With($$""""
        akka {
          loglevel = {{Environment.GetEnvironmentVariable("AKKAKUBE_LOG") ?? "OFF"}}
          stdout-loglevel = OFF
          loggers = ["Akka.Event.DefaultLogger, Akka"]
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
          actor.default-dispatcher {
            type = "Akka.Dispatch.Deterministic.DeterministicDispatcherConfigurator"
            seed = {{seed}}
            trace = """{{trace ?? "off"}}"""
          }
        }
        """");

    /// <summary>What a real host has, on another network and another database.</summary>
    private Config Config(Host host) => ConfigurationFactory.ParseString($$"""
        akka {
          cluster {
            membership-table = "AkkaKube.Simulation.Tests.Database.SimulatedMembershipTable, AkkaKube.Simulation.Tests"
            in-memory-table.name = {{_table}}
            roles = ["host-{{host.Name}}"]
          }
          remote {
            enabled-transports = ["akka.remote.test"]
            test { hostname = {{host.Name}}, port = {{host.Address.Port}}, maximum-frame-size = 8 MiB }
          }
          persistence {
            journal.plugin = "simulated.journal"
            snapshot-store.plugin = "simulated.snapshot-store"
          }
        }
        simulated {
          journal.class = "AkkaKube.Simulation.Tests.Database.SimulatedJournal, AkkaKube.Simulation.Tests"
          snapshot-store.class = "AkkaKube.Simulation.Tests.Database.SimulatedSnapshotStore, AkkaKube.Simulation.Tests"
        }
        akkakube.seed = {{unchecked((Seed * 1000) + (host.Name[1] * 31) + host.Incarnation) & int.MaxValue}}
        akkakube.network.node-port-host = ""
        """)
        .WithFallback(Deterministic(Seed, null))
        .WithFallback(BuiltIn("host.conf"))
        .WithFallback(BuiltIn("single.conf"))
        .WithFallback(ReferenceConf.With(""))
        .WithFallback(DefaultConfig);

    private static Config BuiltIn(string name)
    {
        using var reader = new StreamReader(typeof(ClusterHost).Assembly.GetManifestResourceStream(name)!);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }

    private sealed class Host(string name, Address address)
    {
        public string Name => name;

        public Address Address => address;

        public int Incarnation { get; set; }

        public ActorSystem? System { get; set; }

        public ClusterHost? Running { get; set; }
    }
}
