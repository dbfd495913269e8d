using Akka.Actor;
using Akka.Event;

namespace AkkaKube.Etcd;

/// <summary>
/// Stands before one shard under a name that stays: hands it the commands, starts it again with back-off when its journal fails,
/// and answers <see cref="EtcdShard.Unavailable"/> meanwhile. Where shards move, this is the entity.
/// </summary>
internal sealed class ShardSupervisor : ReceiveActor, IWithTimers
{
    private sealed record Start;

    private sealed record Steady;

    private readonly Props _shardProps;
    private readonly EtcdSettings _settings;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IActorRef? _shard;
    private int _failures;
    private bool _leaving;

    public ShardSupervisor(Props shardProps, EtcdSettings settings)
    {
        _shardProps = shardProps;
        _settings = settings;
        Receive<Start>(_ => StartShard());
        Receive<Steady>(_ => _failures = 0);
        Receive<Terminated>(_ => Stopped());
        Receive<EtcdShard.Request>(command =>
        {
            if (_shard is { } shard) shard.Forward(command);
            else Sender.Tell(new EtcdShard.Unavailable(command.Tag, "the storage is starting again after a failure") { Refused = true });
        });
        Receive<EtcdShard.HandOver>(_ => HandOver());
        ReceiveAny(message => _shard?.Forward(message));
    }

    public static Props Props(string resource, EtcdSettings settings, IValueViews views) =>
        Akka.Actor.Props.Create(() => new ShardSupervisor(EtcdShard.Props(resource, settings, views), settings));

    /// <summary>On one of several hosts.</summary>
    public static Props Props(string resource, EtcdSettings settings, IValueViews views, Func<bool> isCurrent)
    {
        var impatient = settings with { RestartMax = settings.MoveRestartMax };
        return Akka.Actor.Props.Create(() => new ShardSupervisor(EtcdShard.Props(resource, settings, views, isCurrent), impatient));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => StartShard();

    // Whatever made a shard fail, its memory may be ahead of the journal: it starts from the journal, never resumes.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void StartShard()
    {
        _shard = Context.ActorOf(_shardProps, "shard");
        Context.Watch(_shard);
        Timers.StartSingleTimer(nameof(Steady), new Steady(), _settings.RestartMax + _settings.RestartMax);
    }

    private void HandOver()
    {
        _leaving = true;
        if (_shard is { } shard) shard.Tell(new EtcdShard.HandOver());
        else Context.Stop(Self);
    }

    private void Stopped()
    {
        _shard = null;
        if (_leaving)
        {
            Context.Stop(Self);
            return;
        }
        var wait = TimeSpan.FromTicks(Math.Min(_settings.RestartMax.Ticks, _settings.RestartMin.Ticks << Math.Min(_failures, 20)));
        _failures++;
        _log.Warning("{0}: the shard stopped; it starts again in {1} ms", Self.Path.Name, wait.TotalMilliseconds);
        Timers.Cancel(nameof(Steady));
        Timers.StartSingleTimer(nameof(Start), new Start(), wait);
    }
}
