using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Downing;
using Akka.Cluster.Ownership;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster.Membership;

/// <summary>
/// Keeps this host in the table: joins, renews its row at every beat and learns the table by it, moves rows on, declares dead who is. At
/// <c>/system/cluster/membership</c>. What to do follows from the rows by pure functions; any host may do it, the table lets one win.
/// </summary>
internal sealed class MembershipActor : ReceiveActor, IWithTimers
{
    public const string PathBelowRoot = "system/cluster/membership";

    private readonly Cluster _cluster;
    private readonly UniqueAddress _self;
    private readonly MembershipSettings _settings;
    private readonly IMembershipTable _table;
    private readonly BeatObserver _beats;
    private readonly StableCuts _cuts;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private Refs _refs = null!;
    private TableView _view = TableView.Empty;
    private HeartbeatActor.Reached _reached = new([], []);
    private readonly HashSet<(string What, int Uid)> _writing = [];
    private readonly List<IActorRef> _awaitLeaving = [];
    private IActorRef? _awaitExiting;
    private TimeSpan? _renewing;
    private TimeSpan? _looking;
    private ImmutableHashSet<int> _writtenSuspects = [];
    private TimeSpan _lastSent = TimeSpan.MinValue;
    private TimeSpan _lastSeen = TimeSpan.MinValue;
    private bool _again;
    private TimeSpan? _failingSince;
    private Address? _refusedBy;
    private bool _triedToJoin;
    private bool _joined;

    public MembershipActor(Cluster cluster, IMembershipTable table)
    {
        _cluster = cluster;
        _self = cluster.SelfUniqueAddress;
        _settings = cluster.Settings.Membership;
        _table = table;
        _beats = new BeatObserver(_settings.LeaseTtl + _settings.LeaseMargin, _settings.LongestGap);
        _cuts = new StableCuts(_settings.StableAfter, _settings.LongestGap);
        Receive<Refs>(r => _refs = r);
        Become(Outside);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _cluster.Clock();

    // Not in the table.
    private void Outside()
    {
        Receive<Refs>(r =>
        {
            _refs = r;
            if (_settings.AutoJoin) Self.Tell(JoinNow.Instance);
        });
        Receive<JoinNow>(_ => Join());
        Receive<Joined>(_ =>
        {
            _joined = true;
            Info("joins the cluster");
            Become(Inside);
            Timers.StartPeriodicTimer("beat", Beat.Instance, _settings.HeartbeatInterval);
            Renew();
        });
        Receive<JoinFailed>(f =>
        {
            _log.Warning("Cluster Node [{0}] - cannot join: the membership table does not answer ({1}); tries again", _self.Address, f.Cause.Message);
            Timers.StartSingleTimer("join", JoinNow.Instance, _settings.HeartbeatInterval * 2);
        });
        Receive<LeaveFirst>(_ => Sender.Tell(Done.Instance));
        Receive<ExitNow>(_ => Sender.Tell(Done.Instance));
        Receive<ThisActorSystemQuarantinedEvent>(OnRefusedOutside);
        Receive<HeartbeatActor.Reached>(_ => { });
        Receive<TableChanged>(_ => { });
        Receive<DeclaredDown>(_ => { });
        Receive<Leave>(_ => _log.Warning("Cluster Node [{0}] - cannot leave or down a host: is not in the cluster", _self.Address));
        Receive<DownHost>(_ => _log.Warning("Cluster Node [{0}] - cannot leave or down a host: is not in the cluster", _self.Address));
    }

    private void Join()
    {
        _triedToJoin = true;
        _table.Join(_self.Uid, _self.Address.ToString(), ClusterDiff.RolesOfRow(_cluster.Settings.Roles, _cluster.Settings.AppVersion))
        .PipeTo(Self, Self, success: static () => Joined.Instance, failure: static cause => new JoinFailed(cause));
    }

    private void Inside()
    {
        Receive<Beat>(_ => OnBeat());
        Receive<Refresh>(_ => LookSoon());
        Receive<TableChanged>(_ => LookSoon());
        Receive<Renewed>(OnRenewed);
        Receive<RenewFailed>(OnRenewFailed);
        Receive<Wrote>(OnWrote);
        Receive<WriteFailed>(OnWriteFailed);
        Receive<LeasesChanged>(_ => TellOthers());
        Receive<HeartbeatActor.Reached>(OnReached);
        Receive<DeclaredDown>(d =>
        {
            if (d.Uid == _self.Uid) EndAsDown($"was declared dead, as {d.By} says");
        });
        Receive<ThisActorSystemQuarantinedEvent>(OnRefused);
        Receive<Gone>(g => _cluster.IncarnationGone(g.Host));
        Receive<JoinNow>(_ => { });
        Receive<Leave>(l => OnLeave(l.Address));
        Receive<DownHost>(d => OnDown(d.Address));
        Receive<LeaveFirst>(_ => OnLeaveFirst());
        Receive<ExitNow>(_ => OnExit());
    }

    // Down, or out: nothing is done any more.
    private void Ended()
    {
        Receive<LeaveFirst>(_ => Sender.Tell(Done.Instance));
        Receive<ExitNow>(_ => Sender.Tell(Done.Instance));
        ReceiveAny(static _ => { });
    }

    private void OnBeat()
    {
        // One that hangs must not stop the others: after a while the next goes out beside it.
        if (_looking is { } looks && Now - looks >= _settings.LongestGap) _looking = null;
        if (_renewing is { } sent && Now - sent < _settings.LongestGap) return;
        Renew();
    }

    // Word that the table has changed is followed by a look, which writes nothing, unless this host has something to write.
    private void LookSoon()
    {
        if (_renewing is not null || _looking is not null)
        {
            _again = true;
            return;
        }

        var wait = _lastSent + _settings.RefreshInterval - Now;
        if (wait > TimeSpan.Zero)
        {
            if (!Timers.IsTimerActive("refresh")) Timers.StartSingleTimer("refresh", Refresh.Instance, wait);
        }
        else if (SuspectsNow().SetEquals(_writtenSuspects))
        {
            Look();
        }
        else
        {
            Renew();
        }
    }

    private void Renew()
    {
        var start = Now;
        _renewing = start;
        Send(start);
        var suspects = SuspectsNow();
        _table.Renew(_self.Uid, suspects).PipeTo(Self, Self, success: view => new Renewed(start, view, suspects), failure: cause => new RenewFailed(start, cause, true));
    }

    private void Look()
    {
        var start = Now;
        _looking = start;
        Send(start);
        _table.Read().PipeTo(Self, Self, success: view => new Renewed(start, IsAlive(view) ? view : null, null), failure: cause => new RenewFailed(start, cause, false));
    }

    private void Send(TimeSpan start)
    {
        Timers.Cancel("refresh");
        _lastSent = start;
        _again = false;
    }

    private void IsBack(TimeSpan start, bool renewal)
    {
        if (renewal && _renewing == start) _renewing = null;
        else if (!renewal && _looking == start) _looking = null;
    }

    private bool IsAlive(TableView view) => view.Members.Exists(m => m.Uid == _self.Uid && m.Status != MemberStatus.Down);

    private ImmutableHashSet<int> SuspectsNow() =>
        _view.Members.Where(m => m.Status is MemberStatus.Up or MemberStatus.Leaving && _reached.Silent.Contains(m.Uid)).Select(static m => m.Uid).ToImmutableHashSet();

    private void OnRenewed(Renewed renewed)
    {
        IsBack(renewed.Start, renewed.Suspects is not null);
        if (renewed.View is null)
        {
            EndAsDown("was declared dead");
            return;
        }

        if (renewed.Suspects is { } written)
        {
            _cluster.HostLease.Renewed(renewed.Start);
            _writtenSuspects = written;
        }

        if (renewed.Start < _lastSeen) return; // overtaken by one that was sent later
        if (_failingSince is { } since)
        {
            Info($"reaches the membership table again after {(Now - since).TotalSeconds:0.0} s");
            _failingSince = null;
        }

        _refusedBy = null;
        _lastSeen = renewed.Start;
        foreach (var gone in _view.Members.Where(m => !renewed.View.Members.Exists(still => still.Uid == m.Uid))) TellGone(gone);
        _view = renewed.View;
        Act(renewed.Start, Now);
        if (_again) LookSoon();
    }

    private void OnRenewFailed(RenewFailed failed)
    {
        IsBack(failed.Start, failed.Renewal);
        if (_refusedBy is { } by)
        {
            EndAsDown($"does not reach the membership table, and {by} does not talk to it any more");
            return;
        }

        if (_failingSince is not null) return;
        _failingSince = Now;
        _log.Warning("Cluster Node [{0}] - cannot renew its row, the membership table does not answer: {1}", _self.Address, failed.Cause.Message);
    }

    // Others do that to who is dead for good. Mostly the table says the same; when it does not answer, their word counts.
    private void OnRefused(ThisActorSystemQuarantinedEvent refused)
    {
        if (_view.Members.Exists(m => m.Uid == _self.Uid && m.Status == MemberStatus.Joining))
        {
            EndAsDown($"cannot come up: {refused.RemoteAddress} has seen this incarnation die");
            return;
        }

        if (_refusedBy is not null) return;
        _refusedBy = refused.RemoteAddress;
        LookSoon();
    }

    private void Act(TimeSpan start, TimeSpan end)
    {
        var silent = _beats.Observe(start, end, _view.Members);
        var cut = _cuts.Observe(start, end, _view.Members);
        var self = _view.Members.Find(m => m.Uid == _self.Uid)!;
        var dead = _view.Members.Where(m => m.Status == MemberStatus.Down && silent.Contains(m.Uid)).Select(static m => m.Uid).ToImmutableHashSet();

        Publish(dead);
        OnOwnStatus(self);
        if (self.Status == MemberStatus.Joining && MayComeUp(end)) Write("Up", self, () => _table.Move(self.Uid, MemberStatus.Joining, MemberStatus.Up));
        foreach (var row in _view.Members.Where(m => m.Uid != _self.Uid))
        {
            if (row.Status == MemberStatus.Down)
            {
                if (dead.Contains(row.Uid))
                {
                    TellGone(row);
                    Write("Remove", row, () => Always(_table.Remove(row.Uid)));
                }
                else PeerOf(row).Tell(new DeclaredDown(row.Uid, _self.Address), ActorRefs.NoSender);
            }
            else if (silent.Contains(row.Uid)) Write("Down (silent)", row, () => _table.Down(row.Uid, row.Beat));
            else if (cut.Contains(row.Uid) && !cut.Contains(_self.Uid)) Write("Down (unreachable)", row, () => _table.Down(row.Uid, null));
        }
    }

    // Who left in good order may still have something to say; who was declared dead does not any more.
    private void TellGone(MemberRow row)
    {
        var host = new UniqueAddress(Address.Parse(row.Address), row.Uid);
        if (row.Status is MemberStatus.Leaving or MemberStatus.Exiting) Timers.StartSingleTimer(host, new Gone(host), _settings.LeaseTtl);
        else _cluster.IncarnationGone(host);
    }

    // A host comes up when it reaches everybody who is in, so that one behind a cut does not come and go again and again. Those whose beat has not
    // changed for some beats are perhaps dead; they are not waited for.
    private bool MayComeUp(TimeSpan now)
    {
        if (_view.Members.Count(static m => m.Status is MemberStatus.Joining or MemberStatus.Up) < _cluster.Settings.MinNrOfMembers) return false;
        return _view.Members.Where(m => m.Uid != _self.Uid && m.Status is MemberStatus.Up or MemberStatus.Leaving && m.Uid != _self.Uid)
            .All(m => _reached.Answered.Contains(m.Uid) && !_reached.Silent.Contains(m.Uid) || _beats.UnchangedFor(m.Uid, now) > _settings.HeartbeatInterval * 2.5);
    }

    private void Publish(ImmutableHashSet<int> dead)
    {
        var unreachable = SuspectsNow();
        var peers = _view.Members.Where(m => m.Uid != _self.Uid && m.Status != MemberStatus.Down).ToImmutableDictionary(static m => m.Uid, static m => Address.Parse(m.Address));
        _refs.Heartbeat.Tell(new HeartbeatActor.Peers(peers));
        _refs.Publisher.Tell(new ClusterPublisher.Seen(_view, unreachable));
        _refs.Ownership.Tell(new OwnershipActor.Seen(_view, dead, unreachable));
    }

    private void OnOwnStatus(MemberRow self)
    {
        if (self.Status is not (MemberStatus.Leaving or MemberStatus.Exiting)) return;
        foreach (var waiting in _awaitLeaving) waiting.Tell(Done.Instance);
        _awaitLeaving.Clear();
        if (self.Status == MemberStatus.Leaving) _cluster.ShutDownToLeave();
    }

    private void OnReached(HeartbeatActor.Reached reached)
    {
        var before = SuspectsNow();
        var newcomers = !reached.Answered.SetEquals(_reached.Answered);
        _reached = reached;
        var suspects = SuspectsNow();
        foreach (var uid in suspects.Except(before)) _log.Warning("Cluster Node [{0}] - cannot reach {1}", _self.Address, NameOf(uid));
        foreach (var uid in before.Except(suspects)) Info($"reaches {NameOf(uid)} again");
        var joining = _view.Members.Exists(m => m.Uid == _self.Uid && m.Status == MemberStatus.Joining);
        if (!suspects.SetEquals(before) || newcomers && joining) LookSoon();
    }

    private void OnLeave(Address address)
    {
        foreach (var row in At(address))
        {
            if (row.Status == MemberStatus.Up) Write("Leaving", row, () => _table.Move(row.Uid, MemberStatus.Up, MemberStatus.Leaving));
            else if (row.Status == MemberStatus.Joining) Write("Leaving", row, () => _table.Move(row.Uid, MemberStatus.Joining, MemberStatus.Leaving));
        }
    }

    private void OnDown(Address address)
    {
        foreach (var row in At(address).Where(static r => r.Status != MemberStatus.Down)) Write("Down (asked for)", row, () => _table.Down(row.Uid, null));
    }

    private List<MemberRow> At(Address address)
    {
        var rows = _view.Members.Where(m => m.Address == address.ToString()).ToList();
        if (rows.Count == 0) _log.Warning("Cluster Node [{0}] - there is no host at {1}", _self.Address, address);
        return rows;
    }

    // Before anything is handed over the others have to know that this host is no place to hand it to.
    private void OnLeaveFirst()
    {
        if (_view.Members.Find(m => m.Uid == _self.Uid) is { Status: MemberStatus.Leaving or MemberStatus.Exiting })
        {
            Sender.Tell(Done.Instance);
            return;
        }

        _awaitLeaving.Add(Sender);
        OnLeave(_self.Address);
        if (_view.Members.IsEmpty) LookSoon();
    }

    // All that ran here has stopped or had its time to. What is still held is held no longer, then the row goes.
    private void OnExit()
    {
        _cluster.HostLease.End();
        _refs.Ownership.Tell(OwnershipActor.Ended.Instance);
        Timers.Cancel("beat");
        _awaitExiting = Sender;
        Exit().PipeTo(Self, Self, success: () => new Exited(null), failure: static cause => new Exited(cause));
        Become(Exiting);
    }

    private void Exiting()
    {
        Receive<Exited>(e =>
        {
            if (e.Cause is { } cause) _log.Warning("Cluster Node [{0}] - could not take its row out of the membership table, others will when it is silent: {1}", _self.Address, cause.Message);
            else Info("has left the cluster");
            TellOthers();
            _refs.Publisher.Tell(ClusterPublisher.SelfIsOut.Instance);
            _awaitExiting!.Tell(Done.Instance);
            Become(Ended);
        });
        Receive<LeaveFirst>(_ => Sender.Tell(Done.Instance));
        ReceiveAny(static _ => { });
    }

    private async Task Exit()
    {
        // The context of the actor is not needed any more, nor touched.
        if (await _table.Move(_self.Uid, MemberStatus.Leaving, MemberStatus.Exiting).ConfigureAwait(false)
            || await _table.Move(_self.Uid, MemberStatus.Up, MemberStatus.Exiting).ConfigureAwait(false)
            || await _table.Move(_self.Uid, MemberStatus.Joining, MemberStatus.Exiting).ConfigureAwait(false))
            await _table.Remove(_self.Uid).ConfigureAwait(false);
    }

    private void Write(string what, MemberRow row, Func<Task<bool>> write)
    {
        if (!_writing.Add((what, row.Uid))) return;
        write().PipeTo(Self, Self, success: done => new Wrote(what, row, done), failure: cause => new WriteFailed(what, row, cause));
    }

    private void OnWrote(Wrote wrote)
    {
        _writing.Remove((wrote.What, wrote.Row.Uid));
        if (wrote.Done)
        {
            if (wrote.Row.Status != MemberStatus.Down) Info($"moved {NameOf(wrote.Row.Uid)} from {wrote.Row.Status} to {wrote.What}");
            TellOthers();
            if (wrote.What.StartsWith("Down", StringComparison.Ordinal)) PeerOf(wrote.Row).Tell(new DeclaredDown(wrote.Row.Uid, _self.Address), ActorRefs.NoSender);
        }

        LookSoon();
    }

    private void OnWriteFailed(WriteFailed failed)
    {
        _writing.Remove((failed.What, failed.Row.Uid));
        // It may have happened or not: the next view tells, and asks again where not.
        _log.Warning("Cluster Node [{0}] - could not move {1} to {2}: {3}", _self.Address, NameOf(failed.Row.Uid), failed.What, failed.Cause.Message);
        if (_awaitLeaving.Count > 0 && failed.Row.Uid == _self.Uid) Timers.StartSingleTimer("leave", new Leave(_self.Address), _settings.HeartbeatInterval);
    }

    private void TellOthers()
    {
        foreach (var row in _view.Members.Where(m => m.Uid != _self.Uid && m.Status != MemberStatus.Down)) PeerOf(row).Tell(TableChanged.Instance, ActorRefs.NoSender);
    }

    private void EndAsDown(string why)
    {
        _cluster.HostLease.End();
        _log.Error("Cluster Node [{0}] - {1}; stops", _self.Address, why);
        Timers.CancelAll();
        _refs.Ownership.Tell(OwnershipActor.Ended.Instance);
        _refs.Publisher.Tell(ClusterPublisher.SelfIsDown.Instance);
        foreach (var waiting in _awaitLeaving) waiting.Tell(Done.Instance);
        Become(Ended);
        _cluster.ShutDownAsDown();
    }

    private ICanTell PeerOf(MemberRow row) => _cluster.Peer(Address.Parse(row.Address), PathBelowRoot);

    private string NameOf(int uid) => _view.Members.Find(m => m.Uid == uid) is { } row ? $"{row.Address} ({uid})" : uid.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private void Info(string what)
    {
        if (_cluster.Settings.LogInfo) _log.Info("Cluster Node [{0}] - {1}", _self.Address, what);
    }

    private static async Task<bool> Always(Task task)
    {
        await task.ConfigureAwait(false);
        return true;
    }

    // An attempt to join whose answer was lost had put it into the table; it gave no beat, and was declared dead. A dead incarnation cannot join again.
    private void OnRefusedOutside(ThisActorSystemQuarantinedEvent refused)
    {
        if (_triedToJoin) EndAsDown($"cannot join: {refused.RemoteAddress} has seen this incarnation die");
    }

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));

    protected override void PostStop()
    {
        _cluster.HostLease.End();
        // Down and all actors gone: then nobody has to wait until the silence has lasted for long enough.
        if (_joined) _cluster.RemoveRowAtTheEnd();
    }

    /// <summary>The cluster's other actors.</summary>
    public sealed record Refs(IActorRef Heartbeat, IActorRef Publisher, IActorRef Ownership);

    /// <summary>Goes into the table.</summary>
    public sealed record JoinNow
    {
        public static readonly JoinNow Instance = new();
    }

    /// <summary>Has a host hand over what it has, and go.</summary>
    public sealed record Leave(Address Address);

    /// <summary>Declares a host dead.</summary>
    public sealed record DownHost(Address Address);

    /// <summary>Has this host be Leaving. Reply: <see cref="Done"/> once it is, or is not in the cluster.</summary>
    public sealed record LeaveFirst
    {
        public static readonly LeaveFirst Instance = new();
    }

    /// <summary>Takes this host out of the table. Reply: <see cref="Done"/>, also when the table does not answer.</summary>
    public sealed record ExitNow
    {
        public static readonly ExitNow Instance = new();
    }

    /// <summary>From the ownership actor: a lease of this host was taken or given back.</summary>
    public sealed record LeasesChanged
    {
        public static readonly LeasesChanged Instance = new();
    }

    /// <summary>Reads the table soon.</summary>
    public sealed record Refresh
    {
        public static readonly Refresh Instance = new();
    }

    /// <summary>From another host: it has changed the table.</summary>
    public sealed record TableChanged : IClusterMessage
    {
        public static readonly TableChanged Instance = new();
    }

    /// <summary>From another host: the table says that this incarnation is Down. It may not be able to read it itself.</summary>
    public sealed record DeclaredDown(int Uid, Address By) : IClusterMessage;

    private sealed record Beat
    {
        public static readonly Beat Instance = new();
    }

    private sealed record Gone(UniqueAddress Host);

    private sealed record Joined
    {
        public static readonly Joined Instance = new();
    }

    private sealed record JoinFailed(Exception Cause);

    // With what was written as suspects; null: it was a look, and nothing was.
    private sealed record Renewed(TimeSpan Start, TableView? View, ImmutableHashSet<int>? Suspects);

    private sealed record RenewFailed(TimeSpan Start, Exception Cause, bool Renewal);

    private sealed record Wrote(string What, MemberRow Row, bool Done);

    private sealed record WriteFailed(string What, MemberRow Row, Exception Cause);

    private sealed record Exited(Exception? Cause);
}
