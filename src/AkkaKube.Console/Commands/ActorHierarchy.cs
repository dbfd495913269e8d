using Akka.Actor;

namespace AkkaKube.Console.Commands;

/// <summary>Lists the actors below a path, level by level: asks all children of a level who they are, and goes on with those that answered.</summary>
internal sealed class ActorHierarchy : ReceiveActor, IWithTimers
{
    private readonly SortedSet<string> _paths = new(StringComparer.Ordinal);
    private readonly IActorRef _asker;
    private readonly TimeSpan _patience;
    private readonly string _root;
    private List<IActorRef> _level = [];
    private int _depth;

    public ActorHierarchy(string root, TimeSpan patience, IActorRef asker)
    {
        (_root, _patience, _asker) = (root, patience, asker);
        Receive<ActorIdentity>(identity => Equals(identity.MessageId, _depth) && identity.Subject is not null, identity => _level.Add(identity.Subject));
        Receive<ActorIdentity>(_ => { });
        Receive<LevelIsOver>(_ => OnLevelIsOver());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(string root, TimeSpan patience, IActorRef asker) => Akka.Actor.Props.Create(() => new ActorHierarchy(root, patience, asker));

    protected override void PreStart() => AskLevel();

    private void AskLevel()
    {
        var pattern = _root + string.Concat(Enumerable.Repeat("/*", _depth + 1));
        Context.ActorSelection(pattern).Tell(new Identify(_depth));
        Timers.StartSingleTimer("level", new LevelIsOver(), _patience);
    }

    private void OnLevelIsOver()
    {
        foreach (var actor in _level) _paths.Add(actor.Path.ToStringWithoutAddress());
        var more = _level.Count > 0;
        _level = [];
        _depth++;
        if (more)
        {
            AskLevel();
            return;
        }

        _asker.Tell(_paths.Count == 0 ? new ConsoleActor.Ran(1, $"no actors below {_root}") : new ConsoleActor.Ran(0, string.Join('\n', _paths)));
        Context.Stop(Self);
    }

    private sealed record LevelIsOver;
}
