using System.Globalization;
using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaKube.Api;
using AkkaKube.ApiServer;
using AkkaKube.Client.Requests;
using AkkaKube.Host.Composition;
using AkkaKube.Kubelet;
using AkkaKube.Simulation.Tests.Observed;
using AkkaKube.Tests;
using DeleteOptions = AkkaKube.Client.Requests.DeleteOptions;

namespace AkkaKube.Simulation.Tests.Run;

/// <summary>
/// A whole cluster in the thread of the test: the order of messages and all chance follow from one seed, and time moves only when nobody
/// has anything to do. The test is a client of it, by the messages that the HTTPS front end sends as well.
/// </summary>
public sealed class SimulatedCluster : TestKitBase, IDisposable
{
    private static readonly UserInfo Admin = new("kubernetes-admin", ["system:masters"]);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SynchronizationContext? _before = SynchronizationContext.Current;
    private readonly Cluster _cluster;
    private readonly DateTimeOffset _start;

    private SimulatedCluster(ActorSystem system, int seed, int nodes) : base(new XunitAssertions(), system, "client")
    {
        Seed = seed;
        _start = Sys.Scheduler.Now;
        _cluster = Cluster.Start(Sys, nodes);
        First = Observe("first-observer");
    }

    /// <summary>Starts a cluster; on return it serves.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="nodes">How many nodes it has.</param>
    /// <param name="trace">The file that gets one line a turn, or null.</param>
    /// <param name="settings">HOCON over the settings of the product.</param>
    public static SimulatedCluster Start(int seed, int nodes = 3, string? trace = null, string settings = "")
    {
        var config = ReferenceConf.With(settings + "\n" + $$""""
            akka {
              loglevel = WARNING
              stdout-loglevel = WARNING
              loggers = ["Akka.Event.DefaultLogger, Akka"]
              log-dead-letters = off
              log-dead-letters-during-shutdown = off
              scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
              actor.default-dispatcher {
                type = "Akka.Dispatch.Deterministic.DeterministicDispatcherConfigurator"
                seed = {{seed}}
                trace = """{{trace ?? "off"}}"""
              }
              persistence.journal.plugin = "akka.persistence.journal.inmem"
              persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
            }
            akkakube.seed = {{seed}}
            akkakube.network.node-port-host = ""
            """");
        var cluster = new SimulatedCluster(ActorSystem.Create("simulation", config.WithFallback(DefaultConfig)), seed, nodes);
        cluster._cluster.ApiServer.Tell(new ApiServerActor.AwaitReadiness(), cluster.TestActor);
        cluster.ExpectMsg<ApiServerActor.Readiness>(Patience).IsReady.ShouldBeTrue();
        return cluster;
    }

    /// <summary>What decides everything.</summary>
    public int Seed { get; }

    /// <summary>What a client sees that has followed everything since the start.</summary>
    public Observation First { get; }

    /// <summary>How long the cluster has been running, by its own clock.</summary>
    public TimeSpan Elapsed => Sys.Scheduler.Now - _start;

    /// <summary>Has another client follow everything from now on.</summary>
    public Observation Observe(string name)
    {
        var seen = new Observation();
        Sys.ActorOf(Observer.Props(_cluster.ApiServer, Admin, seen), name);
        return seen;
    }

    /// <summary>Lets time pass; on return everybody has done all there was to do.</summary>
    public void Advance(double seconds) => ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Lets the cluster work until it is as described; fails when it is not within so many seconds of its time.</summary>
    public void Until(string description, Func<Observation, bool> holds, double seconds)
    {
        var looked = -1L;
        var reached = AwaitConditionNoThrow(() =>
        {
            if (First.Count == looked) return false;
            looked = First.Count;
            return holds(First);
        }, TimeSpan.FromSeconds(seconds));
        if (!reached) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{seconds} s were not enough until {description}.\n{First.Summary()}"));
    }

    /// <summary>Sends a request and waits for its reply; fails when it is refused.</summary>
    public TReply Ask<TReply>(ApiRequest request) where TReply : ApiReply
    {
        _cluster.ApiServer.Tell(request, TestActor);
        var reply = ExpectMsg<ApiReply>(Patience);
        return reply as TReply ?? throw new InvalidOperationException($"{request} was answered with {reply}");
    }

    /// <summary>Creates an object in the default namespace.</summary>
    public ApiObject Create(GroupVersionResource resource, string json) => Ask<Succeeded>(
        new Create(resource, ObjectBody.Json(Encoding.UTF8.GetBytes(json))) { User = Admin, Namespace = "default", FieldManager = "client", FieldValidation = "Strict" }).Object;

    /// <summary>Changes an object in the default namespace by a strategic merge patch, or its scale by a merge patch.</summary>
    public ApiObject Patch(GroupVersionResource resource, string name, string json, Subresource subresource = Subresource.None) => Ask<Succeeded>(
        new Patch(resource, name, subresource == Subresource.Scale ? PatchType.Merge : PatchType.StrategicMerge, Encoding.UTF8.GetBytes(json))
        {
            User = Admin,
            Namespace = "default",
            FieldManager = "client",
            Subresource = subresource,
        }).Object;

    /// <summary>Deletes an object in the default namespace.</summary>
    public void Delete(GroupVersionResource resource, string name) =>
        Ask<Succeeded>(new Delete(resource, name) { User = Admin, Namespace = "default", Options = new DeleteOptions { PropagationPolicy = "Background" } });

    /// <summary>Deletes an object in the default namespace that may be gone already.</summary>
    public void TryDelete(GroupVersionResource resource, string name)
    {
        _cluster.ApiServer.Tell(new Delete(resource, name) { User = Admin, Namespace = "default" }, TestActor);
        if (ExpectMsg<ApiReply>(Patience) is Failed { Status: { Reason: not "NotFound" } status }) throw new InvalidOperationException(status.Message);
    }

    /// <summary>All objects of a resource, by a list that is linearizable.</summary>
    public IReadOnlyList<ApiObject> List(GroupVersionResource resource) => Ask<Listed>(new List(resource) { User = Admin }).Items;

    /// <summary>What a pod's container has written so far.</summary>
    public string LogOf(string pod)
    {
        var text = new StringBuilder();
        _cluster.ApiServer.Tell(new ReadLog(pod) { User = Admin, Namespace = "default" }, TestActor);
        while (true)
        {
            var chunk = ExpectMsg<ApiReply>(Patience) as LogChunk ?? throw new InvalidOperationException($"no log of {pod}: {LastMessage}");
            text.Append(Encoding.UTF8.GetString(chunk.Bytes.Span));
            if (chunk.End) return text.ToString();
        }
    }

    /// <summary>Switches a machine off.</summary>
    public void StopNode(string name) => _cluster.Nodes.Tell(new NodesActor.StopNode(name), TestActor);

    /// <summary>Switches a machine on again.</summary>
    public void StartNode(string name) => _cluster.Nodes.Tell(new NodesActor.StartNode(name), TestActor);

    /// <inheritdoc/>
    public void Dispose()
    {
        Shutdown();
        SynchronizationContext.SetSynchronizationContext(_before);
    }
}
