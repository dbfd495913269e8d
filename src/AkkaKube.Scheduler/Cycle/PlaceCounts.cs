namespace AkkaKube.Scheduler.Cycle;

/// <summary>A number for each place, where a place is a value of a node label (a topology pair).</summary>
internal sealed class PlaceCounts
{
    private readonly Dictionary<string, Dictionary<string, long>> _byKey = [];

    public bool IsEmpty => _byKey.Count == 0;

    /// <summary>Adds <paramref name="amount"/> to the place of <paramref name="node"/>; a node without the label is in no place.</summary>
    public void Count(string key, NodeInfo node, long amount)
    {
        if (!node.Node.Metadata.Labels.TryGetValue(key, out var value)) return;
        if (!_byKey.TryGetValue(key, out var values)) _byKey[key] = values = [];
        values[value] = values.GetValueOrDefault(value) + amount;
    }

    /// <summary>The number of the node's place, 0 where it has none.</summary>
    public long At(string key, NodeInfo node) =>
        _byKey.TryGetValue(key, out var values) && node.Node.Metadata.Labels.TryGetValue(key, out var value) ? values.GetValueOrDefault(value) : 0;

    /// <summary>The sum over all the places that the node is in.</summary>
    public long SumAt(NodeInfo node)
    {
        long sum = 0;
        foreach (var key in _byKey.Keys) sum += At(key, node);
        return sum;
    }

    /// <summary>Whether one of the places that the node is in has a number above zero.</summary>
    public bool AnyAt(NodeInfo node)
    {
        foreach (var key in _byKey.Keys)
        {
            if (At(key, node) > 0) return true;
        }

        return false;
    }
}
