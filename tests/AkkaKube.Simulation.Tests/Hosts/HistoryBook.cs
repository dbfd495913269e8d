using System.Collections.Immutable;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Requests;
using AkkaKube.History;

namespace AkkaKube.Simulation.Tests.Hosts;

/// <summary>What all clients of a simulated cluster saw.</summary>
internal sealed class HistoryBook
{
    private readonly List<Operation> _operations = [];
    private readonly List<Watching> _closed = [];
    private readonly Dictionary<string, (long From, long Last, List<Seen> Events)> _open = new(StringComparer.Ordinal);

    public int Count => _operations.Count;

    public void Add(Operation operation) => _operations.Add(operation);

    public void Open(string watcher, long from) => _open[watcher] = (from, from, []);

    /// <summary>What was forgotten before it was seen: the watch starts again behind what is known.</summary>
    public void Reopen(string watcher)
    {
        var (from, last, events) = _open[watcher];
        _closed.Add(new Watching(watcher, from, last, [.. events]));
        var newest = _operations.OfType<Listing>().Select(l => l.Revision).Append(last).Max();
        _open[watcher] = (newest, newest, []);
    }

    public long LastSeen(string watcher) => _open[watcher].Last;

    public void See(string watcher, long at, WatchEvent e)
    {
        var (from, last, events) = _open[watcher];
        if (e.Type != WatchEventType.Bookmark && ValueOf(e.Object) is { Length: > 0 } value) events.Add(new Seen(at, e.Object.Key.Name, new Held(e.Object.ResourceVersion, value), e.Type == WatchEventType.Added));
        _open[watcher] = (from, Math.Max(last, e.Object.ResourceVersion), events);
    }

    /// <summary>Everything; the watches must have seen all up to a revision.</summary>
    public History.Record Record(long until) => new([.. _operations], [.. _closed, .. _open.Select(w => new Watching(w.Key, w.Value.From, until, [.. w.Value.Events]))]);

    public static ImmutableDictionary<string, Held> ItemsOf(Listed list) => list.Items.Select(item => (item.Key.Name, Held: new Held(item.ResourceVersion, ValueOf(item)))).Where(i => i.Held.Value.Length > 0).ToImmutableDictionary(i => i.Name, i => i.Held);

    /// <summary>What others put there (the root certificate) has no value of ours.</summary>
    public static string ValueOf(ApiObject found) => found.As<ConfigMap>().Data.TryGetValue("value", out var value) ? value : "";
}
