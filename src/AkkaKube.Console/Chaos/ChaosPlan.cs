using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Faults;

namespace AkkaKube.Console.Chaos;

/// <summary>A fault of a plan.</summary>
/// <param name="At">When it comes, from the start.</param>
/// <param name="Lasts">How long it lasts; nothing: what it breaks repairs itself.</param>
/// <param name="Break">The command that makes it.</param>
/// <param name="Mend">The command that takes it away; none where it ends by itself.</param>
internal sealed record PlannedFault(TimeSpan At, TimeSpan Lasts, ValueList<string> Break, ValueList<string> Mend);

/// <summary>Which faults come when: decided by a seed, a rate and what there is, by nothing else.</summary>
internal static class ChaosPlan
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>The faults in the order of their coming, without end; none lasts beyond <paramref name="end"/>.</summary>
    /// <param name="seed">The same seed makes the same plan for the same things.</param>
    /// <param name="rate">Faults in a minute.</param>
    /// <param name="there">What can be broken.</param>
    /// <param name="end">The plan ends here; null: it does not.</param>
    public static IEnumerable<PlannedFault> Of(int seed, int rate, ChaosInventory there, TimeSpan? end)
    {
        var random = new Random(seed);
        var kinds = Kinds(there);
        if (kinds.Count == 0 || rate <= 0) yield break;
        var mean = TimeSpan.FromMinutes(1) / rate;
        var at = TimeSpan.Zero;
        while (true)
        {
            // Times between independent events: many short ones, a few long ones.
            at += mean * Math.Min(-Math.Log(1 - random.NextDouble()), 4);
            var lasts = Shortest + ((Longest - Shortest) * random.NextDouble());
            lasts = TimeSpan.FromMilliseconds(Math.Round(lasts.TotalMilliseconds));
            var fault = kinds[random.Next(kinds.Count)](random, lasts) with { At = at };
            if (end is { } limit && at + fault.Lasts > limit)
            {
                if (at >= limit) yield break;
                continue;
            }

            yield return fault;
        }
    }

    private static List<Func<Random, TimeSpan, PlannedFault>> Kinds(ChaosInventory there)
    {
        List<Func<Random, TimeSpan, PlannedFault>> kinds =
        [
            (_, _) => Crash("scheduler"),
            (_, lasts) => ForAWhile(lasts, "kube", "pause", "scheduler"),
        ];
        if (!there.Controllers.IsEmpty)
        {
            kinds.Add((random, _) => Crash("controller", One(random, there.Controllers)));
            kinds.Add((random, lasts) => ForAWhile(lasts, "kube", "pause", "controller", One(random, there.Controllers)));
        }

        if (!there.Shards.IsEmpty) kinds.Add((random, _) => Crash("etcd", One(random, there.Shards)));
        if (!there.Nodes.IsEmpty)
        {
            kinds.Add((random, _) => Crash("kubelet", One(random, there.Nodes)));
            kinds.Add((random, lasts) =>
            {
                var node = One(random, there.Nodes);
                return new PlannedFault(default, lasts, ["kube", "kill-node", node], ["kube", "start-node", node]);
            });
        }

        if (there.HasDatabaseLink)
        {
            kinds.Add((random, lasts) => ForAWhile(lasts, "kube", "slow", Fault.Database, $"{random.Next(5, 200)}ms"));
            kinds.Add((random, lasts) => ForAWhile(lasts / 3, "kube", "partition", One(random, there.Hosts), Fault.Database));
        }

        if (there.Hosts.Count > 1)
        {
            kinds.Add((random, lasts) => ForAWhile(lasts, "kube", "slow", One(random, there.Hosts), $"{random.Next(5, 300)}ms"));
            kinds.Add((random, lasts) => ForAWhile(lasts, "kube", "drop", One(random, there.Hosts), $"{random.Next(1, 20)}%"));
            kinds.Add((random, lasts) =>
            {
                var (a, b) = Two(random, there.Hosts);
                return random.Next(3) == 0 ? ForAWhile(lasts, "kube", "partition", a, b, "--one-way") : ForAWhile(lasts, "kube", "partition", a, b);
            });
        }

        return kinds;
    }

    private static PlannedFault Crash(params ReadOnlySpan<string> part) => new(default, default, ["kube", "kill", .. part], []);

    private static PlannedFault ForAWhile(TimeSpan lasts, params ReadOnlySpan<string> command) => new(default, lasts, [.. command, "--for", WordSyntax.Write(lasts)], []);

    private static string One(Random random, ValueList<string> names) => names[random.Next(names.Count)];

    private static (string A, string B) Two(Random random, ValueList<string> names)
    {
        var a = random.Next(names.Count);
        var b = random.Next(names.Count - 1);
        return (names[a], names[b < a ? b : b + 1]);
    }
}
