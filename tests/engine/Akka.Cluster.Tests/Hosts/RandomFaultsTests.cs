using Akka.Actor;
using Akka.Cluster.Membership;

namespace Akka.Cluster.Tests.Hosts;

/// <summary>A seed decides which faults meet the hosts. Whatever they are, two hosts never act under one lease, and in the end all is well.</summary>
public sealed class RandomFaultsTests
{
    private static readonly string[] HostNames = ["h1", "h2", "h3", "h4"];
    private static readonly string[] Leases = [.. Enumerable.Range(0, 8).Select(static i => $"shard/x/{i}")];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Never_do_two_hosts_act_under_one_lease_and_after_the_faults_all_is_well(int seed)
    {
        using var hosts = Start(seed);
        for (var faults = 0; faults < 25; faults++)
        {
            hosts.Pass(0.1 + hosts.Chance.NextDouble() * 3);
            Fault(hosts);
        }

        foreach (var host in hosts.ByName.Values.ToList())
        {
            host.IsFrozen = false;
            if (host.IsKilled) hosts.Start(host.Name);
        }

        hosts.Heal();
        hosts.SlowTable(0.5, 5);
        hosts.Until("all hosts are up and all leases are taken", () => IsWell(hosts), 25);
        // What was asked for or decided before may still be on its way.
        hosts.Pass(2);
        hosts.Until("all is still well", () => IsWell(hosts), 15);
        var incarnations = hosts.All.Count;
        hosts.Pass(10);
        IsWell(hosts).ShouldBeTrue();
        hosts.All.Count.ShouldBe(incarnations, "nobody is declared dead when nothing is broken");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_slow_table_a_slow_network_and_clocks_of_different_speed_kill_nobody(int seed)
    {
        using var hosts = Start(seed);
        var known = hosts.All.Count;
        hosts.SlowTable(1, 250);
        hosts.NetworkMs = (1, 300);
        hosts.Pass(60);
        hosts.All.Count.ShouldBe(known);
        IsWell(hosts).ShouldBeTrue(hosts.Describe());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_a_killed_host_had_is_taken_within_the_time_of_a_lease_the_margin_and_two_beats(int seed)
    {
        using var hosts = Start(seed);
        hosts.Pass(hosts.Chance.NextDouble() * 5);
        var victim = HostNames[hosts.Chance.Next(HostNames.Length)];
        hosts.RestartsWhoIsDown = false;
        hosts.Kill(victim);
        var seconds = hosts.Until("all leases are with the others", () => Leases.All(l => Holders(hosts, l).Count == 1), 10);
        seconds.ShouldBeLessThan(3 + 0.5 + 2 * 0.5 + 0.3);
    }

    private static TestHosts Start(int seed)
    {
        var hosts = new TestHosts(seed) { RestartsWhoIsDown = true };
        hosts.OnStart = host =>
        {
            host.Drift = (hosts.Chance.NextDouble() - 0.5) * 0.04;
            host.System.ActorOf(Props.Create(() => new LeaseTaker(Leases)), "taker");
        };
        hosts.AfterStep = () => Check(hosts, seed);
        hosts.SlowTable(0.5, 10);
        hosts.StartAll(HostNames);
        hosts.Until("leases are spread", () => IsWell(hosts), 10);
        return hosts;
    }

    private static bool IsWell(TestHosts hosts) =>
        hosts.ByName.Values.All(static h => !h.IsKilled && !h.HasEnded && h.Status == MemberStatus.Up && h.Cluster.State.Members.Count == HostNames.Length && h.Cluster.State.Unreachable.IsEmpty)
        && Leases.All(l => Holders(hosts, l).Count == 1);

    private static List<TestHost> Holders(TestHosts hosts, string lease) => [.. hosts.All.Where(h => !h.IsKilled && h.Has(lease))];

    private static void Check(TestHosts hosts, int seed)
    {
        var table = hosts.Table.View().Leases;
        foreach (var lease in Leases)
        {
            var holders = Holders(hosts, lease);
            if (holders.Count > 1) throw new InvalidOperationException($"Seed {seed}, {hosts.Now}: {lease} is held by {string.Join(" and ", holders.Select(static h => $"{h.Name} ({h.Uid})"))}\n{hosts.Describe()}");
            // Who may act is who the table says, with the epoch that the database checks.
            if (holders is [var holder] && table[lease] != new LeaseRow(lease, holder.Uid, holder.EpochOf(lease)!.Value))
                throw new InvalidOperationException($"Seed {seed}, {hosts.Now}: {holder.Name} ({holder.Uid}) acts under {lease} with epoch {holder.EpochOf(lease)}, the table says {table[lease]}\n{hosts.Describe()}");
        }
    }

    private static void Fault(TestHosts hosts)
    {
        var (chance, name) = (hosts.Chance, HostNames[hosts.Chance.Next(HostNames.Length)]);
        var other = HostNames[chance.Next(HostNames.Length)];
        var host = hosts[name];
        switch (chance.Next(12))
        {
            case 0 when !host.IsKilled:
                hosts.Kill(name);
                break;
            case 1 or 2 when host.IsKilled:
                hosts.Start(name);
                break;
            case 3 when !host.IsKilled && !host.HasEnded:
                host.IsFrozen = true;
                hosts.After(TimeSpan.FromSeconds(chance.NextDouble() * 20), () => host.IsFrozen = false);
                break;
            case 4:
                hosts.Cut(name, other);
                break;
            case 5:
                hosts.CutOneWay(name, other);
                break;
            case 6:
                hosts.CutFromTable(name);
                hosts.After(TimeSpan.FromSeconds(chance.NextDouble() * 8), () => hosts.HealTable(name));
                break;
            case 7:
                foreach (var each in HostNames) hosts.CutFromTable(each);
                hosts.After(TimeSpan.FromSeconds(chance.NextDouble() * 8), hosts.Heal);
                break;
            case 8:
                hosts.SlowTable(1, chance.NextDouble() * 2500);
                break;
            case 9:
                LoseReplies(hosts, chance.NextDouble());
                break;
            case 10 when host is { IsKilled: false, HasEnded: false, IsFrozen: false }:
                host.Cluster.Leave(host.Address);
                break;
            default:
                hosts.Heal();
                hosts.SlowTable(0.5, 10);
                break;
        }
    }

    // A database that goes away in the middle: what was asked for has happened, and nobody is told so.
    private static void LoseReplies(TestHosts hosts, double share)
    {
        hosts.SlowTable(0.5, 10);
        var slow = hosts.Table.After!;
        hosts.Table.After = async call =>
        {
            await slow(call).ConfigureAwait(false);
            if (hosts.Chance.NextDouble() < share) throw new IOException("the connection broke");
        };
    }
}
