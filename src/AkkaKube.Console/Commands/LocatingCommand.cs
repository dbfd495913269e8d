using Akka.Actor;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Commands;

/// <summary>
/// A command about actors of this host, found by their path, in which <c>*</c> stands for any one name. Only the guardian at the top is asked
/// who it is: an actor that is paused or busy would not say.
/// </summary>
internal abstract class LocatingCommand : CommandActor
{
    private readonly string _pattern;

    protected LocatingCommand(Invocation call, string pattern)
        : base(call)
    {
        _pattern = pattern;
        var names = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var top = names is ["user" or "system", ..] ? 1 : 0;
        Receive<ActorIdentity>(identity => identity.MessageId is LocatingCommand, identity => Look(identity.Subject as ActorRefWithCell, names[top..]));
        Context.ActorSelection("/" + string.Join('/', names[..top])).Tell(new Identify(this));
    }

    /// <summary>What there is at the path, in the order of the names.</summary>
    protected abstract void OnFound(IReadOnlyList<ActorRefWithCell> actors);

    protected virtual void OnNothing() => Fail($"there is no actor at {_pattern} on {Call.Services.Hosts.Self}; 'actor hierarchy' lists what there is", FailureCode.NotFound);

    /// <summary>The children in the order of their names.</summary>
    protected static IEnumerable<ActorRefWithCell> ChildrenOf(ActorRefWithCell actor) =>
        actor.Children.OfType<ActorRefWithCell>().OrderBy(c => c.Path.Name, StringComparer.Ordinal);

    private void Look(ActorRefWithCell? top, string[] names)
    {
        IEnumerable<ActorRefWithCell> found = top is null ? [] : [top];
        foreach (var name in names) found = found.SelectMany(ChildrenOf).Where(c => name == "*" || c.Path.Name == name);
        var actors = found.ToList();
        if (actors.Count == 0) OnNothing();
        else OnFound(actors);
    }
}
