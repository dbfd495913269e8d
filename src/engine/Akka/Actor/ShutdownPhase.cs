using Akka.Configuration;

namespace Akka.Actor;

/// <summary>A phase of the shutdown, as the settings say.</summary>
internal sealed record ShutdownPhase(IReadOnlyList<string> DependsOn, TimeSpan Timeout, bool Recover)
{
    public static IReadOnlyDictionary<string, ShutdownPhase> Read(Config section)
    {
        var timeout = section.GetTimeSpan("default-phase-timeout", TimeSpan.FromSeconds(5), allowInfinite: false);
        var phases = section.GetConfig("phases");
        var read = new Dictionary<string, ShutdownPhase>(StringComparer.Ordinal);
        foreach (var (name, _) in phases.AsEnumerable())
        {
            var phase = phases.GetConfig(name);
            read[name] = new ShutdownPhase(
                [.. phase.GetStringList("depends-on")],
                phase.GetTimeSpan("timeout", timeout, allowInfinite: false),
                phase.GetBoolean("recover", true));
        }

        foreach (var name in read.Values.SelectMany(static p => p.DependsOn).ToList()) read.TryAdd(name, new ShutdownPhase([], timeout, true));
        return read;
    }

    /// <summary>An order in which every phase comes after those that it depends on.</summary>
    public static IReadOnlyList<string> Order(IReadOnlyDictionary<string, ShutdownPhase> phases)
    {
        var order = new List<string>();
        var open = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in phases.Keys) Visit(name);
        return order;

        void Visit(string name)
        {
            if (order.Contains(name)) return;
            if (!open.Add(name)) throw new ArgumentException($"Cycle detected in graph of phases. It must be a DAG. Phase [{name}] depends transitively on itself.");
            foreach (var before in phases[name].DependsOn) Visit(before);
            order.Add(name);
        }
    }
}
