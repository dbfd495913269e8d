using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Informers;

namespace AkkaKube.Controllers.Nodes;

/// <summary>How many nodes are ready.</summary>
internal sealed class NodeReadiness
{
    private readonly HashSet<string> _ready = [];

    /// <summary>No node is ready: then it is rather the network or the controller that fails, and moving pods would help nobody.</summary>
    public bool IsNoneReady => _ready.Count == 0;

    public void Note(Change<Node> change)
    {
        var name = change.Object.Metadata.Name ?? "";
        if (change.New?.Status.Conditions.Any(c => c is { Type: "Ready", Status: ConditionStatus.True }) == true) _ready.Add(name);
        else _ready.Remove(name);
    }
}
