using Akka.Actor;
using Akka.Cluster.Tests.TestHosts;
using Akka.Cluster.Tools.Singleton;

namespace Akka.Cluster.Tests.Singleton;

/// <summary>Whole hosts, with remoting and membership as they are, and one singleton among them.</summary>
public sealed class WholeSingletonSpec : IDisposable
{
    private readonly WholeHosts _hosts = new(1);
    private readonly Dictionary<int, IActorRef> _proxies = [];
    private int _number;

    public WholeSingletonSpec()
    {
        for (var host = 1; host <= 3; host++) Start(host);
    }

    public void Dispose() => _hosts.Dispose();

    private void Start(int host)
    {
        var (system, journal, me) = (_hosts.Start(host), _hosts.Journal, host);
        _hosts.Until(() => Cluster.Get(system).IsUp, 10).ShouldBeTrue(_hosts.Describe());
        system.ActorOf(ClusterSingletonManager.Props(Props.Create(() => new Recorder(journal, me, "it")), PoisonPill.Instance, ClusterSingletonManagerSettings.Create(system)), "boss");
        _proxies[host] = system.ActorOf(ClusterSingletonProxy.Props("/user/boss", ClusterSingletonProxySettings.Create(system)), "boss-proxy");
    }

    private void EachReachesIt(double seconds)
    {
        var asks = _hosts.Alive.Select(h => _proxies[h].Ask<int>(new Note("it", $"h{h}", ++_number))).ToList();
        _hosts.Until(() => asks.TrueForAll(static a => a.IsCompleted), seconds).ShouldBeTrue(_hosts.Describe());
    }

    [Fact]
    public void Every_host_reaches_the_one_on_the_oldest()
    {
        EachReachesIt(2);
        _hosts.OwnerOf("singleton/boss").ShouldBe(1);
    }

    [Fact]
    public void After_its_host_was_killed_it_runs_on_the_next_within_ten_seconds()
    {
        EachReachesIt(2);
        _hosts.Kill(1);
        _hosts.Until(() => _hosts.OwnerOf("singleton/boss") == 2, 9).ShouldBeTrue(_hosts.Describe());
        _hosts.Pass(0.1); // until then the third host may still send to the dead one
        EachReachesIt(1);
        _hosts.Journal.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void When_its_host_leaves_what_is_sent_after_it_has_stopped_reaches_the_next()
    {
        EachReachesIt(2);
        var left = _hosts.Leave(1);
        var answers = new List<Task<int>>();
        _hosts.Until(() => _hosts.OwnerOf("singleton/boss") != 1, 2).ShouldBeTrue();
        _hosts.Pass(0.02); // word of its end is on the way
        for (var i = 0; i < 50; i++)
        {
            answers.Add(_proxies[2].Ask<int>(new Note("it", "two", i)));
            _hosts.Pass(0.1);
        }

        left.IsCompleted.ShouldBeTrue();
        _hosts.Until(() => answers.TrueForAll(static a => a.IsCompletedSuccessfully), 2).ShouldBeTrue();
        _hosts.OwnerOf("singleton/boss").ShouldBe(2);
        _hosts.Journal.Faults.ShouldBeEmpty();
    }
}
