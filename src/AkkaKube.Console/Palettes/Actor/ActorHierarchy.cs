using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Actor;

/// <summary>Lists the actors below a path, parents before their children.</summary>
internal sealed class ActorHierarchy : LocatingCommand
{
    private const int Most = 100_000;

    public ActorHierarchy(Invocation call)
        : base(call, call.Find("PATH") ?? "/user")
    {
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new ActorHierarchy(call));

    protected override void OnFound(IReadOnlyList<ActorRefWithCell> actors)
    {
        var paths = new List<string>();
        var depth = Call.Number("--depth") ?? int.MaxValue;
        foreach (var actor in actors) List(actor, depth, paths);
        if (paths.Count > Most) paths.Add($"… and more: the list ends after {Most}; give a path or -d");
        if (paths.Count == 0) Fail($"there are no actors below {actors[0].Path.ToStringWithoutAddress()}", FailureCode.NotFound);
        else End(new Document.Text(string.Join('\n', paths)));
    }

    private static void List(ActorRefWithCell parent, int depth, List<string> paths)
    {
        if (depth == 0 || paths.Count > Most) return;
        foreach (var child in ChildrenOf(parent))
        {
            if (paths.Count > Most) return;
            paths.Add(child.Path.ToStringWithoutAddress());
            List(child, depth - 1, paths);
        }
    }
}
