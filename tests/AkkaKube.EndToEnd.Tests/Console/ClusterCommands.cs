using AkkaKube.EndToEnd.Tests.Harness;

namespace AkkaKube.EndToEnd.Tests.Console;

/// <summary>The palettes <c>cluster</c> and <c>cluster-sharding</c>.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class ClusterCommands(ConsoleHosts shared)
{
    private Pbm Pbm => shared.Pbm;

    [Fact]
    [Drives("help", "cluster show", "cluster status", "cluster leader", "cluster join", "cluster-sharding list-regions", "cluster-sharding region-stats", "cluster-sharding shard-allocation", "kube nodes")]
    public async Task The_members_and_what_they_run_are_listed()
    {
        await shared.AllUp();
        (await Pbm.Ok("help cluster")).ShouldContain("cluster down-unreachable");
        (await Pbm.Ok("cluster status")).ShouldContain("Up: h1, h2, h3");
        (await Pbm.Ok("cluster leader")).ShouldMatch("^h[123] akka.ssl.tcp://");
        var nodes = await Pbm.Rows("kube nodes");
        (await shared.Hosts.Kubectl("h2").Ok("get nodes -o name")).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(nodes.Select(n => "node/" + n[0]));
        var regions = await Pbm.Rows("cluster-sharding list-regions");
        foreach (var region in regions.Where(r => r[0] == "kubelet")) region[3].ShouldBe(Text(nodes.Count(n => n[5] == region[1])), "the hosts say the same of themselves");
        (await Pbm.Rows("cluster-sharding shard-allocation etcd")).ShouldContain(r => r[0] == "pods");
        (await Pbm.Rows("cluster-sharding region-stats etcd")).Select(r => r[1]).ShouldBeUnique();

        // Who is in already stays in, and serves.
        var address = (await Pbm.Rows("cluster show"))[0][1];
        (await Pbm.Ok($"{shared.ConsoleOf("h2")} cluster join {address}")).ShouldBe($"h2 was told to join {address}\n");
        await shared.DoesWhatItIsTold("h2", 3);
        await shared.AllUp();
    }

    [Fact]
    [Drives("cluster leave", "cluster down", "cluster tail")]
    public async Task A_member_that_leaves_ends_and_one_that_is_declared_dead_joins_anew_and_the_others_do_its_work()
    {
        await shared.AllUp();
        await using var tail = new Tail(Pbm, $"{shared.ConsoleOf("h1")} cluster tail");
        await tail.Tells("h3 is Up");
        var process = shared.Hosts.ProcessId("h2");
        (await Pbm.Ok("cluster leave h2")).ShouldBe("h2 was told to leave\n");
        await tail.Tells("h2 is Removed");
        await shared.DoesWhatItIsTold("h3", 5);
        await shared.Said($"h2 (process {process}) has ended by itself: exit code 0");
        await shared.AllUp();
        (await Pbm.Ok("cluster down h3")).ShouldBe("h3 is declared dead\n");
        await tail.Tells("h3 is Removed");
        await shared.DoesWhatItIsTold("h2", 4);
        await shared.Said("h3 is out of the cluster (the others have declared it dead)");
        await shared.AllUp();
        await shared.DoesWhatItIsTold("h3", 3);
    }

    [Fact]
    [Drives("cluster down-unreachable")]
    public async Task Members_that_cannot_be_reached_are_declared_dead()
    {
        await shared.AllUp();
        await using var tail = new Tail(Pbm, $"{shared.ConsoleOf("h1")} cluster tail");
        await tail.Tells("h3 is Up");
        await shared.Hosts.Freeze("h3");
        try
        {
            // Whether the console or the cluster is first, h3 is out.
            await tail.Tells("h3 is Removed", () => Pbm.Ok($"{shared.ConsoleOf("h1")} cluster down-unreachable"));
            await shared.DoesWhatItIsTold("h2", 4);
        }
        finally
        {
            await shared.Hosts.Thaw("h3");
        }

        await shared.AllUp();
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
