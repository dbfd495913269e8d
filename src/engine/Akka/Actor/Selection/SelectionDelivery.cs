using System.IO.Enumeration;

namespace Akka.Actor;

/// <summary>Takes a message through the steps of a selection.</summary>
internal static class SelectionDelivery
{
    public static void Deliver(IInternalActorRef at, IActorRef? sender, object message, SelectionPathElement[] path, int step, bool fanOut)
    {
        while (step < path.Length)
        {
            if (!at.IsLocal)
            {
                // The rest of the way is known where that actor lives.
                at.Tell(new ActorSelectionMessage(message, path[step..], fanOut), sender!);
                return;
            }

            switch (path[step++])
            {
                case SelectParent:
                    if (!at.Parent.IsNobody()) at = at.Parent;
                    continue;
                case SelectChildName child:
                    var named = at.GetChild(child.Name);
                    if (named.IsNobody())
                    {
                        NotFound(at, sender, message, path.AsSpan(step - 1), fanOut);
                        return;
                    }

                    at = named;
                    continue;
                case SelectChildPattern pattern:
                    foreach (var child in at.GetChildren())
                    {
                        if (FileSystemName.MatchesSimpleExpression(pattern.PatternStr, child.Path.Name, ignoreCase: false))
                            Deliver(child, sender, message, path, step, fanOut);
                    }

                    return;
                case SelectChildRecursive:
                    DeliverToAllBelow(at, sender, message);
                    return;
            }
        }

        at.Tell(message, sender!);
    }

    private static void DeliverToAllBelow(IInternalActorRef at, IActorRef? sender, object message)
    {
        foreach (var child in at.GetChildren())
        {
            child.Tell(message, sender!);
            DeliverToAllBelow(child, sender, message);
        }
    }

    private static void NotFound(IInternalActorRef at, IActorRef? sender, object message, ReadOnlySpan<SelectionPathElement> rest, bool fanOut)
    {
        if (at.SystemImpl is not { } system) return;
        var path = at.Path;
        foreach (var step in rest) path = path.Child(step.ToString()!);
        ((IActorRef)new EmptyLocalActorRef(system, path)).Tell(new ActorSelectionMessage(message, [], fanOut), sender!);
    }
}
