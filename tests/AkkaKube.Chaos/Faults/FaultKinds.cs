using AkkaKube.Chaos.Places;
using AkkaKube.Chaos.Processes;

namespace AkkaKube.Chaos.Faults;

/// <summary>What can be done to this cluster in this place.</summary>
public sealed class FaultKinds(IReadOnlyList<HostProcess> hosts, PostgresServer? database, IPlaces places)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    public IReadOnlyList<Func<Random, Fault>> All =>
    [
        KillOne,
        Freeze,
        .. hosts.Count > 2 ? (Func<Random, Fault>[])[KillTwo] : [],
        .. database is not null ? (Func<Random, Fault>[])[KillDatabase] : [],
        .. database is not null && places.CanCut ? (Func<Random, Fault>[])[FillDisk, random => CutFromDatabase(random, true, true), random => CutFromDatabase(random, true, false), random => CutFromDatabase(random, false, true)] : [],
        .. places.CanCut ? (Func<Random, Fault>[])[random => CutFromOthers(random, true, true), random => CutFromOthers(random, true, false), random => CutFromOthers(random, false, true)] : [],
    ];

    private Fault KillOne(Random random)
    {
        var victim = Draw(random);
        return new Fault($"kill {victim.Name}", Long, Others(victim), victim.Kill, () => StartAgain(victim));
    }

    private Fault KillTwo(Random random)
    {
        var spared = Draw(random);
        var victims = hosts.Where(host => host != spared).ToList();
        return new Fault($"kill {string.Join(" and ", victims.Select(v => v.Name))}", Long, [spared.Name], () => Task.WhenAll(victims.Select(v => v.Kill())), () => Task.WhenAll(victims.Select(StartAgain)));
    }

    private Fault Freeze(Random random)
    {
        var victim = Draw(random);
        return new Fault($"freeze {victim.Name} past its lease", Long, Others(victim), victim.Freeze, victim.Thaw);
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
        return new Fault($"cut {victim.Name} from the database{Direction(to, from)}", Long, Others(victim), async () =>
        {
            if (to) await places.Cut(victim.Name, "db");
            if (from) await places.Cut("db", victim.Name);
        }, places.Heal);
    }

    private Fault CutFromOthers(Random random, bool to, bool from)
    {
        var victim = Draw(random);
        return new Fault($"cut {victim.Name} from the other hosts{Direction(to, from)}", Long, Others(victim), async () =>
        {
            foreach (var other in hosts.Where(host => host != victim))
            {
                if (to) await places.Cut(victim.Name, other.Name);
                if (from) await places.Cut(other.Name, victim.Name);
            }
        }, places.Heal);
    }

    private static string Direction(bool to, bool from) => to && from ? "" : to ? ", one way (it is not heard)" : ", one way (it does not hear)";

    private static async Task StartAgain(HostProcess host)
    {
        host.Start();
        await host.Ready(StartLimit);
    }

    private HostProcess Draw(Random random) => hosts[random.Next(hosts.Count)];

    private IReadOnlyList<string> Others(HostProcess victim) => [.. hosts.Where(host => host != victim).Select(host => host.Name)];
}
