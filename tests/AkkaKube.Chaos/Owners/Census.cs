using System.Diagnostics;
using AkkaKube.Chaos.Clients;

namespace AkkaKube.Chaos.Owners;

/// <summary>
/// Counts everything that has to run exactly once, on all members. A host is a member when it answers and every other host that answers and is asked has it as
/// Up, before and after the count: one that wakes up after its lease is gone, or is cut off, counts as soon as it is in the table again.
/// </summary>
public sealed class Census(int nodes)
{
    // Said by the asked host alone: "cluster show" waits for the others.
    private const string Up = "Up: ";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Counts again and again until all there is runs on these hosts, all of which are members: what is wrong then, after at most so long. What ran twice is
    /// wrong whenever it is seen.
    /// </summary>
    public async Task<IReadOnlyList<string>> Complete(IReadOnlyList<ConsoleClient> consoles, TimeSpan limit)
    {
        var waited = Stopwatch.StartNew();
        var twice = new SortedSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var (count, absent) = await Count(consoles);
            twice.UnionWith(count.Twice());
            var missing = count.Missing(nodes);
            if (missing.Count == 0 && absent.Count == 0) return [.. twice];
            if (waited.Elapsed > limit) return [.. twice, .. absent, .. missing.Take(5).Select(entity => $"{entity} runs nowhere"), .. missing.Count > 5 ? [$"... and {missing.Count - 5} more"] : Array.Empty<string>()];
            await Task.Delay(Pause);
        }
    }

    private static async Task<(ExactlyOnce Count, IReadOnlyList<string> Absent)> Count(IReadOnlyList<ConsoleClient> consoles)
    {
        var before = await Views(consoles);
        var first = await Inventories(consoles);
        var second = await Inventories(consoles);
        var after = await Views(consoles);
        var absent = consoles.Select(console => console.Host)
            .Select(host => Silent(before, host) ?? Silent(first, host) ?? Silent(second, host) ?? Silent(after, host) ?? NotUp(before, host) ?? NotUp(after, host))
            .ToList();
        var members = consoles.Select(console => console.Host).Where((_, i) => absent[i] is null).ToList();
        return (new ExactlyOnce(members.ToDictionary(host => host, host => first[host].Answer!), members.ToDictionary(host => host, host => second[host].Answer!)), [.. absent.OfType<string>()]);
    }

    private static string? Silent<T>(IReadOnlyDictionary<string, (T? Answer, string? Failure)> answers, string host) => answers[host].Failure;

    private static string? NotUp(IReadOnlyDictionary<string, (IReadOnlySet<string>? Answer, string? Failure)> views, string host) =>
        views.Where(view => view.Value.Answer?.Contains(host) == false).Select(view => $"{host} is not a member that is Up, says {view.Key}").FirstOrDefault();

    private static Task<Dictionary<string, (IReadOnlySet<string>? Answer, string? Failure)>> Views(IReadOnlyList<ConsoleClient> consoles) => All<IReadOnlySet<string>>(consoles, async console =>
        (await console.Lines("cluster", "status")).Where(line => line.StartsWith(Up, StringComparison.Ordinal)).SelectMany(line => line[Up.Length..].Split(", ")).ToHashSet(StringComparer.Ordinal));

    private static Task<Dictionary<string, (Inventory? Answer, string? Failure)>> Inventories(IReadOnlyList<ConsoleClient> consoles) => All(consoles, async console =>
        Inventory.Of((await console.Lines("actor", "hierarchy", "/system/sharding", "-d", "3")).Concat(await console.Lines("actor", "hierarchy", "/user", "-d", "2"))));

    private static async Task<Dictionary<string, (T? Answer, string? Failure)>> All<T>(IReadOnlyList<ConsoleClient> consoles, Func<ConsoleClient, Task<T>> ask)
    {
        var answers = await Task.WhenAll(consoles.Select(async console =>
        {
            try
            {
                return (console.Host, Answer: (T?)await ask(console), Failure: (string?)null);
            }
            catch (NoAnswerException failure)
            {
                return (console.Host, Answer: default(T), Failure: failure.Message);
            }
        }));
        return answers.ToDictionary(a => a.Host, a => (a.Answer, a.Failure), StringComparer.Ordinal);
    }
}
