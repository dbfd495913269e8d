using System.Diagnostics;
using System.Net.Http;
using System.Text;
using AkkaKube.EndToEnd.Tests.Harness;

namespace AkkaKube.EndToEnd.Tests.Console;

/// <summary>The faults of links in the palette <c>kube</c>. A delay is measured from below alone: more than it is any machine's right.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class LinkCommands(ConsoleHosts shared)
{
    private Pbm Pbm => shared.Pbm;

    [Fact]
    [Drives("kube slow", "kube slow --for", "kube heal")]
    public async Task What_a_slow_host_or_database_does_takes_so_much_longer()
    {
        await shared.AllUp();

        // A host that has to ask another one for config maps.
        var owner = (await Pbm.Rows("cluster-sharding shard-allocation etcd")).Single(r => r[0] == "configmaps")[1];
        var other = owner == "h2" ? "h3" : "h2";
        await Pbm.Ok($"kube slow {other} 200ms");
        (await Pbm.Rows("kube faults")).Select(r => (r[0], r[1])).ShouldBe(new[] { "h1", "h2", "h3" }.Where(h => h != other).Select(h => (other, $"200ms slower to {h}")));
        using var client = shared.Hosts.Client(other);
        await Eventually.Holds(async () => (await Took(client, "slow-host")).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(200)));
        (await Pbm.Ok("kube heal")).ShouldContain($"{other}: healed 200ms slower to ");
        (await Pbm.Rows("kube faults")).ShouldBeEmpty();

        await Pbm.Ok("kube slow database 150ms --for 1m");
        (await Pbm.Rows("kube faults")).Select(r => r[0]).ShouldBe(["h1", "h2", "h3"]);
        await Eventually.Holds(async () => (await Took(client, "slow-database")).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(150)));
        await Pbm.Ok("kube heal");
        await shared.DoesWhatItIsTold("h1", 4);
        await shared.AllUp();
    }

    [Fact]
    [Drives("kube drop", "kube drop --for")]
    public async Task A_host_of_which_nothing_arrives_is_replaced_until_it_is_healed()
    {
        await shared.AllUp();
        await Pbm.Ok("kube drop h3 2% --for 1m");
        (await Pbm.Rows("kube faults")).Select(r => r[1]).ShouldBe(["2% lost to h1", "2% lost to h2"]);
        await shared.DoesWhatItIsTold("h1", 6);
        await Pbm.Ok("kube heal");

        await using var tail = new Tail(Pbm, $"{shared.ConsoleOf("h1")} cluster tail");
        await tail.Tells("h3 is Up");
        await Pbm.Ok($"{shared.ConsoleOf("h3")} kube drop h3 100%");
        await tail.Tells("h3 is Removed");
        await shared.DoesWhatItIsTold("h2", 4);
        await Eventually.Holds(async () =>
        {
            (await Pbm.Ok("kube heal")).ShouldNotBeEmpty();
            (await Pbm.Rows("kube faults")).ShouldBeEmpty();
        });
        await shared.AllUp();
    }

    [Fact]
    [Drives("kube partition", "kube partition --for", "kube partition --one-way")]
    public async Task Hosts_that_are_cut_off_stop_and_come_back_when_they_are_healed()
    {
        await shared.AllUp();
        (await Pbm.Run("kube partition h1 h7")).ShouldSatisfyAllConditions(o => o.ExitCode.ShouldBe(1), o => o.Error.ShouldContain("there is no host h7"));
        (await Pbm.Ok($"{shared.ConsoleOf("h1")} kube partition h1 h2 --for 1s")).ShouldBe("h1: cut from h2\n");
        await shared.DoesWhatItIsTold("h3", 5);
        await Eventually.Holds(async () => (await Pbm.Rows("kube faults")).ShouldBeEmpty());
        await shared.AllUp();
        await Pbm.Ok($"{shared.ConsoleOf("h1")} kube partition h1 h2 --one-way --for 1s");
        await Eventually.Holds(async () => (await Pbm.Rows("kube faults")).ShouldBeEmpty());
        await shared.AllUp();

        // kubectl sees that the host cannot serve, and that it can again.
        await Pbm.Ok($"{shared.ConsoleOf("h2")} kube partition h2 database");
        await Eventually.Holds(async () => (await shared.Hosts.Kubectl("h2").Run("get --raw /readyz")).ExitCode.ShouldNotBe(0));
        await shared.DoesWhatItIsTold("h3", 4);
        await Pbm.Ok("kube heal");
        await shared.AllUp();
    }

    private static async Task<TimeSpan> Took(HttpClient client, string name)
    {
        using var body = new StringContent($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"{{{name}}}-"}}""", Encoding.UTF8, "application/json");
        var clock = Stopwatch.StartNew();
        using var answer = await client.PostAsync(new Uri("/api/v1/namespaces/default/configmaps", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        return clock.Elapsed;
    }
}
