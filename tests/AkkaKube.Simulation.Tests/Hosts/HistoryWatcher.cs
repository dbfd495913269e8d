using System.Globalization;
using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Client.Requests;
using Watch = AkkaKube.Client.Requests.Watch;

namespace AkkaKube.Simulation.Tests.Hosts;

/// <summary>A client that follows all keys, through another server when its own falls silent, always from the last revision that it saw.</summary>
internal sealed class HistoryWatcher : ReceiveActor, IWithTimers
{
    private sealed record Again(int Attempt);

    private static readonly UserInfo Admin = new("kubernetes-admin", ["system:masters"]);

    /// <summary>Bookmarks come more often: a server that is silent for so long is given up.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    private readonly Func<int, IActorRef> _servers;
    private readonly HistoryBook _book;
    private readonly string _name;
    private int _attempt;
    private IActorRef _server = ActorRefs.Nobody;

    public HistoryWatcher(Func<int, IActorRef> servers, HistoryBook book, string name, long from)
    {
        (_servers, _book, _name) = (servers, book, name);
        _book.Open(name, from);
        Receive<WatchEvents>(events =>
        {
            if (!Equals(events.Tag, _attempt)) return;
            foreach (var one in events.Events) _book.See(_name, Context.System.Scheduler.MonotonicClock.Ticks, one);
            Wait();
        });
        Receive<WatchEnded>(ended => { if (Equals(ended.Tag, _attempt)) Start(ended.Status.Code == 410); });
        Receive<Failed>(failed => { if (Equals(failed.Tag, _attempt)) Timers.StartSingleTimer(nameof(Again), new Again(_attempt), TimeSpan.FromMilliseconds(100)); });
        Receive<Again>(again => { if (again.Attempt == _attempt) Start(false); });
    }

    public static Props Props(Func<int, IActorRef> servers, HistoryBook book, string name, long from) => Akka.Actor.Props.Create(() => new HistoryWatcher(servers, book, name, from));

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Start(false);

    private void Start(bool isGone)
    {
        if (isGone) _book.Reopen(_name);
        _server.Tell(new StopWatch(GroupVersionResource.ConfigMaps, _attempt));
        _attempt++;
        _server = _servers(_attempt);
        _server.Tell(new Watch(GroupVersionResource.ConfigMaps)
        {
            User = Admin,
            Namespace = "default",
            ResourceVersion = _book.LastSeen(_name).ToString(CultureInfo.InvariantCulture),
            AllowBookmarks = true,
            Acknowledge = true,
            Tag = _attempt,
        });
        Wait();
    }

    private void Wait() => Timers.StartSingleTimer(nameof(Again), new Again(_attempt), Silence);
}
