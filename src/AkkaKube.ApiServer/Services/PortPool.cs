namespace AkkaKube.ApiServer.Services;

/// <summary>The node ports of Services: which are taken, and by whom (Kubernetes: portallocator).</summary>
internal sealed class PortPool(int first, int last)
{
    private readonly Dictionary<int, string> _owners = [];

    public bool Contains(int port) => port >= first && port <= last;

    public string Range => $"{first}-{last}";

    /// <summary>Takes a port; false where another has it.</summary>
    public bool Take(int port, string owner) => _owners.TryGetValue(port, out var holder) ? holder == owner : _owners.TryAdd(port, owner);

    /// <summary>Takes any free port, from the upper part of the range first; null where there is none.</summary>
    public int? TakeAny(string owner, Random random)
    {
        var size = last - first + 1;
        var reserved = size <= 16 ? 0 : Math.Min(Math.Max(16, size / 32), 128);
        if ((Free(first + reserved, last, random) ?? Free(first, first + reserved - 1, random)) is not { } port) return null;
        _owners.Add(port, owner);
        return port;
    }

    public void Release(int port, string owner)
    {
        if (_owners.TryGetValue(port, out var holder) && holder == owner) _owners.Remove(port);
    }

    private int? Free(int from, int to, Random random)
    {
        var count = to - from + 1;
        if (count <= 0) return null;
        var start = random.Next(count);
        for (var i = 0; i < count; i++)
        {
            var port = from + (start + i) % count;
            if (!_owners.ContainsKey(port)) return port;
        }
        return null;
    }
}
