using AkkaKube.Chaos.Places;
using AkkaKube.Chaos.Processes;

namespace AkkaKube.Chaos.Faults;

/// <summary>What can be done to this cluster in this place.</summary>
public sealed class FaultKinds(IReadOnlyList<HostProcess> hosts, PostgresServer? database, IPlaces places)
{
    // Longer than the lease of a host that is silent; and for the clocks, than the rounds of the controller that looks after the nodes.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    public IReadOnlyList<Func<Random, Fault>> All =>
    [
        KillOne,
        Freeze,
        .. hosts.Count > 2 ? (Func<Random, Fault>[])[KillTwo] : [],
        .. database is not null ? (Func<Random, Fault>[])[KillDatabase] : [],
        .. database is not null && places.CanCut ? (Func<Random, Fault>[])[FillDisk, random => CutFromDatabase(random, true, true), random => CutFromDatabase(random, true, false), random => CutFromDatabase(random, false, true)] : [],
        .. hosts.All(host => host.Clock is not null) ? (Func<Random, Fault>[])[random => ClockJumps(random, true), random => ClockJumps(random, false), StartWithWrongClock] : [],
        .. places.CanCut ? (Func<Random, Fault>[])[random => CutFromOthers(random, true, true), random => CutFromOthers(random, true, false), random => CutFromOthers(random, false, true)] : [],
    ];

    private Fault KillOne(Random random)
    {
        var victim = Draw(random);
        return new Fault($"kill {victim.Name}", Long(random), Others(victim), victim.Kill, () => StartAgain(victim));
    }

    private Fault KillTwo(Random random)
    {
        var spared = Draw(random);
        var victims = hosts.Where(host => host != spared).ToList();
        return new Fault($"kill {string.Join(" and ", victims.Select(v => v.Name))}", Long(random), [spared.Name], () => Task.WhenAll(victims.Select(v => v.Kill())), () => Task.WhenAll(victims.Select(StartAgain)));
    }

    private Fault Freeze(Random random)
    {
        var victim = Draw(random);
        return new Fault($"freeze {victim.Name} past its lease", Long(random), Others(victim), victim.Freeze, victim.Thaw);
    }

    private Fault KillDatabase(Random random) => new("kill the database", TimeSpan.FromSeconds(random.Next(2, 10)), [], database!.Kill, database!.Up);

    private Fault FillDisk(Random random) => new("fill the database's disk", Short, [], database!.Fill, () =>
    {
        database!.Empty();
        return Task.CompletedTask;
    });

    private Fault CutFromDatabase(Random random, bool to, bool from)
    {
        var victim = Draw(random);
        return new Fault($"cut {victim.Name} from the database{Direction(to, from)}", Long(random), Others(victim), async () =>
        {
            if (to) await places.Cut(victim.Name, "db");
            if (from) await places.Cut("db", victim.Name);
        }, places.Heal);
    }

    private Fault CutFromOthers(Random random, bool to, bool from)
    {
        var victim = Draw(random);
        return new Fault($"cut {victim.Name} from the other hosts{Direction(to, from)}", Long(random), Others(victim), async () =>
        {
            foreach (var other in hosts.Where(host => host != victim))
            {
                if (to) await places.Cut(victim.Name, other.Name);
                if (from) await places.Cut(other.Name, victim.Name);
            }
        }, places.Heal);
    }

    /// <summary>Minutes or hours, ahead of the true time or behind it; the end of it is a jump the other way.</summary>
    private Fault ClockJumps(Random random, bool ahead)
    {
        var (victim, off) = (Draw(random), Off(random));
        return new Fault($"the clock of {victim.Name} jumps {Text(off)} {(ahead ? "ahead" : "back")}", Short, [.. hosts.Select(host => host.Name)], () => victim.Clock!.JumpTo(ahead ? off : -off), () => victim.Clock!.JumpTo(TimeSpan.Zero), Harmless: true);
    }

    /// <summary>Its certificates are made by the wrong clock, and judged by it. It stays wrong until it jumps again.</summary>
    private Fault StartWithWrongClock(Random random)
    {
        var (victim, off, ahead) = (Draw(random), Off(random), random.Next(2) == 0);
        return new Fault($"kill {victim.Name}, which starts again with its clock {Text(off)} {(ahead ? "ahead" : "behind")}", Long(random), Others(victim), victim.Kill, async () =>
        {
            await victim.Clock!.JumpTo(ahead ? off : -off);
            await StartAgain(victim);
        });
    }

    private static TimeSpan Off(Random random) => random.Next(2) == 0 ? TimeSpan.FromMinutes(random.Next(2, 60)) : TimeSpan.FromMinutes(random.Next(60, 24 * 60));

    private static string Text(TimeSpan off) => off < TimeSpan.FromHours(1) ? $"{off.TotalMinutes:0} min" : $"{(int)off.TotalHours} h {off.Minutes} min";

    private static TimeSpan Long(Random random) => TimeSpan.FromSeconds(random.Next(5, 10));

    private static string Direction(bool to, bool from) => to && from ? "" : to ? ", one way (it is not heard)" : ", one way (it does not hear)";

    private static async Task StartAgain(HostProcess host)
    {
        host.Start();
        await host.Ready(StartLimit);
    }

    private HostProcess Draw(Random random) => hosts[random.Next(hosts.Count)];

    private IReadOnlyList<string> Others(HostProcess victim) => [.. hosts.Where(host => host != victim).Select(host => host.Name)];
}
