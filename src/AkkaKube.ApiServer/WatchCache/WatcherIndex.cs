using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.ApiServer.WatchCache;

/// <summary>
/// Finds the watchers that a change may concern without asking all of them: each stands under the most telling thing its scope demands
/// of an object (its name, its node, a label, its namespace), and a change looks under what the object has.
/// </summary>
internal sealed class WatcherIndex
{
    private enum TermKind { Path, Node, Label, Namespace, All }

    private readonly record struct Term(TermKind Kind, string Value, string Key = "");

    private readonly Dictionary<Term, List<Watcher>> _watchers = [];
    private readonly Dictionary<TermKind, int> _counts = [];

    public IEnumerable<Watcher> All => _watchers.Values.SelectMany(list => list);

    public int Count => _counts.Values.Sum();

    public void Add(Watcher watcher)
    {
        var term = TermOf(watcher.Scope);
        if (!_watchers.TryGetValue(term, out var list)) _watchers[term] = list = [];
        list.Add(watcher);
        _counts[term.Kind] = _counts.GetValueOrDefault(term.Kind) + 1;
    }

    public void Remove(Watcher watcher)
    {
        var term = TermOf(watcher.Scope);
        if (!_watchers.TryGetValue(term, out var list) || !list.Remove(watcher)) return;
        if (list.Count == 0) _watchers.Remove(term);
        _counts[term.Kind]--;
    }

    public void Clear()
    {
        _watchers.Clear();
        _counts.Clear();
    }

    /// <summary>Offers a change to all whom it may concern; the ones with a first event go to <paramref name="woken"/>.</summary>
    public void Offer(CachedEvent change, List<Watcher> woken)
    {
        Offer(new Term(TermKind.All, ""), change, woken);
        if (Any(TermKind.Namespace) && change.Current.Key.Namespace is { } @namespace) Offer(new Term(TermKind.Namespace, @namespace), change, woken);
        if (Any(TermKind.Path)) Offer(new Term(TermKind.Path, change.Path), change, woken);
        OfferByContent(change.Current, change, woken);
        if (change.Previous is { } previous) OfferByContent(previous, change, woken);
    }

    private void OfferByContent(ApiObject side, CachedEvent change, List<Watcher> woken)
    {
        if (Any(TermKind.Node) && side.Object is Pod { Spec.NodeName: { } node }) Offer(new Term(TermKind.Node, node), change, woken);
        if (!Any(TermKind.Label)) return;
        foreach (var (key, value) in side.Object.Metadata.Labels) Offer(new Term(TermKind.Label, value, key), change, woken);
    }

    private void Offer(Term term, CachedEvent change, List<Watcher> woken)
    {
        if (!_watchers.TryGetValue(term, out var list)) return;
        foreach (var watcher in list)
        {
            if (watcher.Offer(change)) woken.Add(watcher);
        }
    }

    private bool Any(TermKind kind) => _counts.GetValueOrDefault(kind) > 0;

    private static Term TermOf(Scope scope)
    {
        if (scope.OnlyPath is { } path) return new Term(TermKind.Path, path);
        if (scope.Type.Kind == "Pod" && scope.OnlyNode is { Length: > 0 } node) return new Term(TermKind.Node, node);
        if (EqualityOf(scope.Labels) is { } label) return new Term(TermKind.Label, label.Value, label.Key);
        if (scope.Namespace is { } @namespace) return new Term(TermKind.Namespace, @namespace);
        return new Term(TermKind.All, "");
    }

    /// <summary>A label that every object in scope must have, with its value.</summary>
    private static (string Key, string Value)? EqualityOf(Selector? labels)
    {
        if (labels is null) return null;
        foreach (var requirement in labels.Requirements)
        {
            if (requirement is { Operator: RequirementOperator.In, Values.Count: 1 }) return (requirement.Key, requirement.Values[0]);
        }
        return null;
    }
}
