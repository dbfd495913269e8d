using AkkaKube.Console.Chaos;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Palettes;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.Console.Tests.Chaos;

public sealed class ChaosPlanTests
{
    private static readonly ChaosInventory There = new(["h1", "h2", "h3"], ["node-1", "node-2"], ["replicaset-controller"], ["pods", "nodes"], true);

    [Fact]
    public void The_same_seed_makes_the_same_plan_and_another_seed_another() =>
        (Plan(7).SequenceEqual(Plan(7)), Plan(7).SequenceEqual(Plan(8))).ShouldBe((true, false));

    [Fact]
    public void Faults_come_at_about_the_rate()
    {
        var faults = ChaosPlan.Of(1, 30, There, TimeSpan.FromMinutes(60)).ToList();
        faults.Count.ShouldBeInRange(1500, 2100);
        faults.Select(f => f.Break[1]).Distinct().Order().ShouldBe(["drop", "kill", "kill-node", "partition", "pause", "slow"]);
    }

    [Fact]
    public void Every_fault_is_a_command_that_there_is()
    {
        foreach (var fault in Plan(3).Take(500))
        {
            CommandParser.Check(AllCommands.List, fault.Break).Fault.ShouldBeNull(string.Join(' ', fault.Break));
            if (!fault.Mend.IsEmpty) CommandParser.Check(AllCommands.List, fault.Mend).Fault.ShouldBeNull();
        }
    }

    [Fact]
    public void Where_there_is_nothing_but_one_host_its_own_parts_are_broken() =>
        ChaosPlan.Of(1, 60, new ChaosInventory(["local"], [], [], [], false), null).Take(100).ShouldAllBe(f => f.Break[2] == "scheduler");

    [Fact]
    public void No_rate_is_no_chaos() => ChaosPlan.Of(1, 0, There, null).ShouldBeEmpty();

    [Fact]
    public void Everything_ends_before_the_end_and_comes_in_order() => Prop.ForAll<int, byte>((seed, rate) =>
    {
        var end = TimeSpan.FromSeconds(30);
        var faults = ChaosPlan.Of(seed, rate, There, end).ToList();
        faults.ShouldAllBe(f => f.At + f.Lasts <= end && f.At > TimeSpan.Zero);
        faults.Zip(faults.Skip(1)).ShouldAllBe(p => p.First.At <= p.Second.At);
        foreach (var fault in faults.Where(f => f.Break[1] == "partition")) fault.Break[2].ShouldNotBe(fault.Break[3]);
    }).QuickCheckThrowOnFailure();

    private static List<PlannedFault> Plan(int seed) => [.. ChaosPlan.Of(seed, 60, There, null).Take(600)];
}
