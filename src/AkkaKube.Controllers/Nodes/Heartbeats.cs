using AkkaKube.Api.Coordination.V1;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Controllers.Nodes;

/// <summary>When each node last said something, by the controller's own clock: the clocks of nodes may be wrong.</summary>
internal sealed class Heartbeats
{
    private readonly Dictionary<string, Beat> _beats = [];

    /// <summary>The node was silent for too long when it was last looked at.</summary>
    public bool IsLate(string node) => _beats.TryGetValue(node, out var beat) && beat.IsLate;

    /// <summary>Looks at a node: when something that it wrote was last new.</summary>
    public DateTimeOffset Note(Node node, Lease? lease, DateTimeOffset now)
    {
        var name = node.Metadata.Name ?? "";
        var heartbeat = node.Status.Conditions.FirstOrDefault(c => c.Type == "Ready")?.LastHeartbeatTime;
        var renewed = lease?.Spec.RenewTime;
        if (!_beats.TryGetValue(name, out var beat) || beat.Uid != node.Metadata.Uid)
            beat = new Beat(node.Metadata.Uid, heartbeat, renewed, now, false);
        else if (beat.Heartbeat != heartbeat || beat.Renewed != renewed)
            beat = new Beat(node.Metadata.Uid, heartbeat, renewed, now, beat.IsLate);
        _beats[name] = beat;
        return beat.At;
    }

    public void SetLate(string node, bool isLate) => _beats[node] = _beats[node] with { IsLate = isLate };

    public void Forget(string node) => _beats.Remove(node);

    private sealed record Beat(string? Uid, DateTimeOffset? Heartbeat, DateTimeOffset? Renewed, DateTimeOffset At, bool IsLate);
}
