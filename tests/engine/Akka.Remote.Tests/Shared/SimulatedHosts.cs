using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch.Deterministic;
using Akka.Remote.Transport.Simulated;
using Akka.TestKit;

namespace Akka.Remote.Tests;

/// <summary>Several systems of one process on a simulated network, in one virtual time and one seeded order. Sys is the first of them.</summary>
public abstract class SimulatedHosts : TestKit.Xunit2.TestKit
{
    private protected readonly SimulatedNetwork Network;
    private readonly List<ActorSystem> _others = [];

    protected const string Deterministic = """
        akka {
          loglevel = WARNING
          stdout-loglevel = OFF
          scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
          actor {
            provider = remote
            default-dispatcher { type = "Akka.Dispatch.Deterministic.DeterministicDispatcherConfigurator", seed = 11 }
          }
          remote.enabled-transports = ["akka.remote.test"]
        }
        """;

    protected SimulatedHosts(string overrides = "") : this(overrides, new SimulatedNetwork(5)) { }

    private SimulatedHosts(string overrides, SimulatedNetwork network)
        : base(ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(overrides).WithFallback(ConfigurationFactory.ParseString(Deterministic))), network), "a")
    {
        Network = network;
        Overrides = overrides;
    }

    private string Overrides { get; }

    protected ActorSystem Start(string name, string overrides = "")
    {
        var config = ConfigurationFactory.ParseString(overrides).WithFallback(ConfigurationFactory.ParseString(Overrides)).WithFallback(ConfigurationFactory.ParseString(Deterministic));
        var system = ActorSystem.Create(name, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config), Network, new SharedRun(Sys)));
        _others.Add(system);
        return system;
    }

    protected static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    protected static int UidOf(ActorSystem system) => AddressUidExtension.Uid(system);

    private protected static RemoteActorRefProvider ProviderOf(ActorSystem system) => (RemoteActorRefProvider)((ExtendedActorSystem)system).Provider;

    protected static string PathAt(ActorSystem system, string place) => AddressOf(system) + place;

    /// <summary>The reference that <paramref name="at"/> has to an actor of another system.</summary>
    protected static IActorRef Remote(IActorRef actor, ActorSystem at) =>
        ((ExtendedActorSystem)at).Provider.ResolveActorRef(Serialization.Serialization.SerializedActorPath(actor));

    protected void Pass(TimeSpan time) => ((TestScheduler)Sys.Scheduler).Advance(time);

    protected void Pass(double seconds) => Pass(TimeSpan.FromSeconds(seconds));

    protected override void AfterAll()
    {
        foreach (var other in _others) other.Terminate();
        if (_others.Count > 0) AwaitCondition(() => _others.All(static other => other.WhenTerminated.IsCompleted), TimeSpan.FromSeconds(60));
        base.AfterAll();
    }
}

/// <summary>Answers with what it is told, and its name before it.</summary>
internal sealed class Echo : ReceiveActor
{
    public Echo() => ReceiveAny(message => Sender.Tell($"{Self.Path.Name}:{message}"));
}

/// <summary>Passes on all that it is told.</summary>
internal sealed class Forwarder : ReceiveActor
{
    public Forwarder(IActorRef to) => ReceiveAny(to.Forward);
}
