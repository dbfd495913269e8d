using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Client.Requests;
using AkkaKube.History;
using AkkaKube.Simulation.Tests.Hosts;
using AkkaKube.Simulation.Tests.Observed;

namespace AkkaKube.Simulation.Tests.Walks;

/// <summary>
/// Three hosts, clients that write, read, list and watch through all of them, and faults that the seed draws. In the end what the clients saw must be
/// what one correct store would have shown, and the cluster must be as it was declared.
/// </summary>
internal static class HostsUnderFaults
{
    private const int Replicas = 5;

    private const string Deployment = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":5,"selector":{"matchLabels":{"app":"web"}},
         "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"nginx"}]}}}}
        """;

    public static void Walk(SimulatedHosts hosts)
    {
        var random = hosts.Random;
        var first = hosts.Ask<Listed>(0, new List(GroupVersionResource.ConfigMaps) { User = SimulatedHosts.Admin }).ResourceVersion;
        hosts.Create(0, GroupVersionResource.Deployments, Deployment);
        var book = new HistoryBook();
        var clients = Enumerable.Range(0, 5).Select(i => hosts.Sys.ActorOf(HistoryClient.Props(hosts.ApiServer, book, $"c{i}", (hosts.Seed * 16) + i, keys: 4), $"client-{i}")).ToList();
        for (var i = 0; i < 2; i++) hosts.Sys.ActorOf(HistoryWatcher.Props(hosts.ApiServer, book, $"w{i}", first), $"watcher-{i}");
        hosts.Advance(random.Next(1, 5));

        var faults = random.Next(2, 5);
        for (var i = 0; i < faults; i++)
        {
            Strike(hosts);
            if (random.Next(3) == 0) Strike(hosts);
            hosts.Advance(1 + (random.NextDouble() * 12));
            hosts.Heal();
            hosts.Advance(random.NextDouble() * 8);
        }

        foreach (var client in clients) client.Tell(new HistoryClient.Stop());
        hosts.Advance(30);
        var last = 0L;
        for (var i = 0; i < hosts.Count; i++)
        {
            var invoked = hosts.Sys.Scheduler.MonotonicClock.Ticks;
            var list = hosts.Ask<Listed>(i, new List(GroupVersionResource.ConfigMaps) { User = SimulatedHosts.Admin, Namespace = "default" });
            var items = HistoryBook.ItemsOf(list);
            book.Add(new Listing(invoked, hosts.Sys.Scheduler.MonotonicClock.Ticks, list.ResourceVersion, items));
            last = Math.Max(last, items.Values.Select(held => held.Revision).Append(0).Max());
        }
        hosts.Advance(60);

        var record = book.Record(last);
        record.Operations.Length.ShouldBeGreaterThan(100);
        HistoryChecker.Check(record).Take(10).ShouldBeEmpty();
        for (var i = 0; i < hosts.Count; i++)
        {
            var seen = hosts.Observe(i, $"observer-{i}");
            hosts.Advance(5);
            seen.PodsOf("web").Count.ShouldBe(Replicas, seen.Summary());
            EndsAsDeclared.Violations(seen).ShouldBeEmpty(seen.Summary() + hosts.Leases());
        }
    }

    private static void Strike(SimulatedHosts hosts)
    {
        var random = hosts.Random;
        var victim = random.Next(hosts.Count);
        var other = (victim + random.Next(1, hosts.Count)) % hosts.Count;
        switch (random.Next(9))
        {
            case 0 or 1:
                hosts.Crash(victim);
                break;
            case 2:
                hosts.Crash(victim);
                hosts.Crash(other);
                break;
            case 3:
                hosts.CutFromDatabase(victim, to: true, from: true);
                break;
            case 4:
                var to = random.Next(2) == 0;
                hosts.CutFromDatabase(victim, to, !to);
                break;
            case 5:
                for (var i = 0; i < hosts.Count; i++) if (i != victim) hosts.Cut(victim, i, bothWays: random.Next(3) > 0);
                break;
            case 6:
                hosts.Cut(victim, other, bothWays: random.Next(2) == 0);
                break;
            case 7:
                hosts.Database.IsDown = random.Next(2) == 0;
                hosts.Database.IsFull = !hosts.Database.IsDown;
                break;
            default:
                hosts.Database.LostPerMille = random.Next(200);
                for (var i = 0; i < hosts.Count; i++) hosts.Disturb(i, (i + 1) % hosts.Count, loss: random.NextDouble() * 0.1, duplication: random.NextDouble() * 0.2);
                break;
        }
    }
}
