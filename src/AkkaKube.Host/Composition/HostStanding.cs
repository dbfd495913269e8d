using Akka.Actor;
using Akka.Coordination;
using Akka.Event;

namespace AkkaKube.Host.Composition;

/// <summary>
/// How this host stands in its cluster: it has the lease of its own name, which one host has at a time, and is as sure of it as of all that it owns.
/// While it is not, clients are sent elsewhere.
/// </summary>
internal sealed class HostStanding
{
    private readonly Lease _lease;
    private readonly string _host;
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _joining = "it is joining the cluster";

    private HostStanding(Lease lease, string host) => (_lease, _host) = (lease, host);

    /// <summary>Takes part from now on.</summary>
    public static HostStanding Take(ActorSystem system, string host)
    {
        var standing = new HostStanding(LeaseProvider.Get(system).GetLease($"host/{host}", "akkakube.lease", host), host);
        system.ActorOf(Props.Create(() => new Joining(standing)), "standing");
        return standing;
    }

    /// <summary>Why this host cannot serve now; null when it can. Any thread may ask.</summary>
    public string? Hindrance => _joining ?? (_lease.CheckLease() ? null : "it has not reached the database for too long");

    /// <summary>Completes when the host is in the cluster under its name.</summary>
    public Task Joined => _joined.Task;

    /// <summary>Asks for the lease until it has it.</summary>
    private sealed class Joining : ReceiveActor, IWithTimers
    {
        private const int TriesBeforeComplaint = 100;
        private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);
        private readonly HostStanding _standing;
        private readonly ILoggingAdapter _log = Context.GetLogger();
        private int _tries;

        public Joining(HostStanding standing)
        {
            _standing = standing;
            Receive<Try>(_ => standing._lease.Acquire().PipeTo(Self, success: taken => new Tried(taken), failure: _ => new Tried(false)));
            Receive<Tried>(On);
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Self.Tell(new Try());

        private void On(Tried tried)
        {
            if (tried.Taken)
            {
                _standing._joining = null;
                _standing._joined.TrySetResult();
                Context.Stop(Self);
                return;
            }

            if (++_tries == TriesBeforeComplaint)
            {
                _standing._joining = $"it is not in the cluster yet, or another host is called {_standing._host}";
                _log.Warning("{0} is not in the cluster yet: the database does not answer, or another host has the same name", _standing._host);
            }

            Timers.StartSingleTimer(nameof(Try), new Try(), BetweenTries);
        }

        private sealed record Try;

        private sealed record Tried(bool Taken);
    }
}
