using Akka.Actor;

namespace AkkaKube.Runtime;

/// <summary>Asks every sandbox for its part of a list, and answers when all have said theirs. A sandbox that stops meanwhile has no part.</summary>
internal sealed class Gather : UntypedActor
{
    private readonly HashSet<IActorRef> _awaited;
    private readonly Func<IReadOnlyList<object>, object> _reply;
    private readonly object _question;
    private readonly IActorRef _asker;
    private readonly List<object> _items = [];

    public Gather(IReadOnlyList<IActorRef> sandboxes, object question, Func<IReadOnlyList<object>, object> reply, IActorRef asker)
    {
        _awaited = [.. sandboxes];
        _question = question;
        _reply = reply;
        _asker = asker;
    }

    /// <summary>A sandbox's part.</summary>
    public sealed record Part(IReadOnlyList<object> Items);

    public static void From<T>(IActorContext context, IEnumerable<IActorRef> sandboxes, object question, Func<IReadOnlyList<T>, object> reply, IActorRef asker)
    {
        var all = sandboxes.ToList();
        if (all.Count == 0) asker.Tell(reply([]));
        else context.ActorOf(Props.Create(() => new Gather(all, question, items => reply(items.Cast<T>().ToList()), asker)));
    }

    protected override void PreStart()
    {
        foreach (var sandbox in _awaited)
        {
            Context.Watch(sandbox);
            sandbox.Tell(_question, Self);
        }
    }

    protected override void OnReceive(object message)
    {
        if (message is Part part) _items.AddRange(part.Items);
        else if (message is not Terminated) return;
        _awaited.Remove(message is Terminated terminated ? terminated.ActorRef : Sender);
        if (_awaited.Count > 0) return;
        _asker.Tell(_reply(_items));
        Context.Stop(Self);
    }
}
