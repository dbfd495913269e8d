namespace Akka.Actor;

/// <summary>Reads the text of a selection.</summary>
internal static class SelectionParser
{
    public static SelectionPathElement Element(string text) => text switch
    {
        ".." => SelectParent.Instance,
        "**" => SelectChildRecursive.Instance,
        _ when text.AsSpan().IndexOfAny('*', '?') >= 0 => new SelectChildPattern(text),
        _ => new SelectChildName(text),
    };

    /// <summary>A full path, a path from the root, or one relative to <paramref name="self"/>.</summary>
    public static ActorSelection Parse(ActorSystemImpl system, IInternalActorRef self, string path)
    {
        if (ActorPath.TryParse(path, out var full)) return new ActorSelection(system.ResolveRoot(full!), full!.ElementsWithUid);
        return path.StartsWith('/')
            ? new ActorSelection(system.LookupRootRef, path.Split('/'))
            : new ActorSelection(self, path.Split('/'));
    }
}
