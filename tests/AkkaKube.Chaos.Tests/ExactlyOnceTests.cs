using AkkaKube.Chaos.Owners;

namespace AkkaKube.Chaos.Tests;

public sealed class ExactlyOnceTests
{
    private static readonly string[] Everything =
    [
        "/system/sharding/kubelet", "/system/sharding/kubelet/3", "/system/sharding/kubelet/3/node-1", "/system/sharding/kubelet/4/node-2", "/system/sharding/etcd/pods/pods",
        "/user/scheduler", "/user/scheduler/scheduler", "/user/controllers/controllers", "/user/nodes/nodes", "/user/service-writer/service-writer", "/user/etcd/pods",
    ];

    private static readonly string[] Proxies = ["/user/scheduler", "/user/etcd/pods", "/system/sharding/kubelet"];

    [Fact]
    public void Nothing_is_wrong_when_each_thing_runs_on_one_host()
    {
        var count = Twice(Everything, Proxies);
        count.Missing(nodes: 2).ShouldBeEmpty();
        count.Twice().ShouldBeEmpty();
    }

    [Fact]
    public void What_no_host_lists_is_missing()
    {
        Twice(Everything[..^2], Proxies).Missing(nodes: 3).ShouldBe(["kubelet/node-3", "singleton/service-writer"]);
        Twice(Proxies).Missing(nodes: 0).ShouldContain("etcd/pods");
    }

    [Fact]
    public void What_two_hosts_list_in_both_rounds_ran_twice() =>
        Twice(Everything, [.. Proxies, "/system/sharding/kubelet/3/node-1"]).Twice().Single().ShouldStartWith("kubelet/node-1 ran at ");

    [Fact]
    public void What_one_host_lists_in_two_shards_ran_twice() =>
        Twice([.. Everything, "/system/sharding/kubelet/9/node-1"]).Twice().Single().ShouldStartWith("kubelet/node-1 ran at ");

    [Fact]
    public void What_moves_between_the_rounds_did_not_run_twice() =>
        new ExactlyOnce(Hosts(Everything, Proxies), Hosts(Proxies, Everything)).Twice().ShouldBeEmpty();

    [Fact]
    public void What_moves_while_a_round_lasts_did_not_run_twice() =>
        new ExactlyOnce(Hosts(Everything, Everything), Hosts(Proxies, Everything)).Twice().ShouldBeEmpty();

    private static ExactlyOnce Twice(params string[][] hosts) => new(Hosts(hosts), Hosts(hosts));

    private static Dictionary<string, Inventory> Hosts(params string[][] paths) => paths.Select((p, i) => (Name: $"h{i + 1}", Inventory: Inventory.Of(p))).ToDictionary(h => h.Name, h => h.Inventory);
}
