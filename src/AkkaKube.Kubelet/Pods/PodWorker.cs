using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Kubelet.Configuration;
using AkkaKube.Kubelet.Logs;
using AkkaKube.Kubelet.Probes;
using AkkaKube.Kubelet.Writes;
using AkkaKube.Network.Services;
using AkkaKube.Runtime;

namespace AkkaKube.Kubelet.Pods;

/// <summary>
/// Takes one pod from its binding to its end: sandbox, containers, probes, status. What to do next follows from the pod and what is
/// known of its containers (<see cref="PodPlan"/>); each answer, event or timer changes what is known and asks again.
/// </summary>
internal sealed partial class PodWorker : UntypedActor, IWithTimers
{
    /// <summary>The pod's object is now this.</summary>
    public sealed record PodChanged(Pod Pod);

    /// <summary>The pod's object is gone: stop what runs, write nothing, end.</summary>
    public sealed record PodRemoved
    {
        public static readonly PodRemoved Instance = new();
    }

    /// <summary>The address that the worker asked its kubelet for; null when there is none left.</summary>
    /// <param name="Ip">The address.</param>
    /// <param name="Allocatable">What the node has for pods.</param>
    public sealed record AddressTaken(string? Ip, ValueMap<Quantity> Allocatable);

    private sealed record Resync
    {
        public static readonly Resync Instance = new();
    }

    private sealed record DeadlinePassed
    {
        public static readonly DeadlinePassed Instance = new();
    }

    private readonly KubeletContext _kubelet;
    private readonly IActorRef _runtime;
    private readonly Dictionary<string, Desk> _desks = [];
    private Pod _pod;
    private PodRun _run;
    private bool _removed;

    private PodWorker(Pod pod, KubeletContext kubelet, PodFailure? refusal)
    {
        (_pod, _kubelet, _runtime) = (pod, kubelet, kubelet.Runtime);
        _written = pod.Status;
        var now = Context.System.Scheduler.Now;
        _adopting = refusal is null && kubelet.Adopts && PodAdoption.IsStanding(pod);
        _run = refusal is not null ? PodRun.For(pod) with { Failure = refusal }
            : _adopting ? PodAdoption.Of(pod)
            : PodRecovery.HasRun(pod) ? PodRecovery.Of(pod, now) : PodRun.For(pod) with { StartTime = pod.Status.StartTime ?? now };
        _recovered = refusal is null && !_adopting && PodRecovery.HasRun(pod);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private DateTimeOffset Now => Context.System.Scheduler.Now;

    private bool IsDeleted => _removed || _pod.Metadata.DeletionTimestamp is not null;

    public static Props Props(Pod pod, KubeletContext kubelet, PodFailure? refusal) => Akka.Actor.Props.Create(() => new PodWorker(pod, kubelet, refusal));

    protected override void PreStart()
    {
        if (_pod.Spec.ActiveDeadlineSeconds is { } seconds)
        {
            var left = (_run.StartTime ?? Now) + TimeSpan.FromSeconds(seconds) - Now;
            Timers.StartSingleTimer(nameof(DeadlinePassed), DeadlinePassed.Instance, left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
        Sync();
    }

    protected override void PostStop()
    {
        if (_sandboxId is { } id) _runtime.Tell(new ContainerRuntime.RemovePodSandbox(id), ActorRefs.NoSender);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PodChanged changed:
                var before = _pod.Metadata.DeletionGracePeriodSeconds;
                _pod = changed.Pod;
                Adopt();
                Compare();
                if (!_adopting && _pod.Metadata.DeletionGracePeriodSeconds is { } grace && grace < before) Hurry(TimeSpan.FromSeconds(grace));
                Sync();
                break;
            case PodRemoved:
                _removed = true;
                Sync();
                break;
            case Resync:
                Sync();
                break;
            case Disagreed:
                Disagree();
                break;
            case DeadlinePassed:
                if (_adopting)
                {
                    Timers.StartSingleTimer(nameof(DeadlinePassed), DeadlinePassed.Instance, Moment);
                    break;
                }
                if (_run.Terminal) break;
                _run = _run with { Failure = new PodFailure("DeadlineExceeded", "Pod was active on the node longer than the specified deadline") };
                Record("Normal", "DeadlineExceeded", "Pod was active on the node longer than the specified deadline");
                Sync();
                break;
            case AddressTaken address:
                On(address);
                break;
            case ServiceView view:
                On(view);
                break;
            case ConfigurationCache.Found found:
                On(found);
                break;
            case ContainerRuntime.ContainerEvent { Type: ContainerRuntime.ContainerEventType.Stopped } stopped:
                OnStopped(stopped.Status);
                break;
            case ContainerRuntime.Reply { Tag: SandboxTag } reply:
                OnSandbox(reply);
                break;
            case ContainerRuntime.Reply { Tag: StartTag tag } reply:
                OnStart(reply, tag);
                break;
            case ContainerRuntime.Reply { Tag: CheckTag tag } reply:
                OnCheck(reply, tag);
                break;
            case ConnectionCheck.Checked { Tag: CheckTag tag } result:
                OnChecked(tag, result.Success, result.Output);
                break;
            case HookSlept slept:
                OnChecked(slept.Tag, success: true, "");
                break;
            case HookOverdue overdue:
                OnChecked(overdue.Tag, success: false, "context deadline exceeded");
                break;
            case ProbeDue due:
                On(due);
                break;
            case Released released:
                Desk(released.Container).Held = false;
                Sync();
                break;
            case ApiReply { Tag: WriteTag tag } reply:
                OnWritten(reply, tag);
                break;
            case Unanswered lost:
                On(lost);
                break;
            case Turnstile.Entered:
                Write();
                break;
            case ReadLog read:
                On(read);
                break;
            default:
                // Replies to what was given up, and starts, which StartContainer's reply has told already.
                if (message is not (ContainerRuntime.Reply or ContainerRuntime.ContainerEvent)) Unhandled(message);
                break;
        }
    }

    /// <summary>Does what is next, and tells the API server what has changed.</summary>
    private void Sync(bool publish = true)
    {
        if (_adopting)
        {
            // Nothing is said of the pod before it stands here as it stood there.
            Prepare();
            return;
        }
        if (IsDeleted) End();
        else if (_run.Terminal) Finish();
        else if (_run.Failure is not null || PodPlan.IsOver(_pod, _run) || (_run.SandboxReady && IsPrepared)) Advance();
        else Prepare();
        if (publish) Publish();
        else PublishSoon();
    }

    private void Advance()
    {
        foreach (var step in PodPlan.Next(_pod, _run, name => Desk(name).Held))
        {
            switch (step)
            {
                case PodStep.Start start:
                    Start(start.Container, start.IsInit);
                    break;
                case PodStep.Kill kill:
                    Kill(kill.Container, kill.Message);
                    break;
                case PodStep.Finish:
                    Finish();
                    break;
            }
        }
    }

    private void On(ReadLog request)
    {
        if (_adopting)
        {
            (_readers ??= []).Add((request, Sender));
            return;
        }
        var (read, refusal) = LogAccess.Of(request, _pod, _run, Now);
        if (read is null) Sender.Tell(new Failed(request.Tag, refusal!));
        else Context.ActorOf(LogReader.Props(read, _runtime, Sender, request.Tag));
    }

    private Desk Desk(string container) => _desks.TryGetValue(container, out var desk) ? desk : _desks[container] = new Desk();

    private void Hold(string container, TimeSpan time)
    {
        Desk(container).Held = true;
        Timers.StartSingleTimer(("held", container), new Released(container), time > TimeSpan.Zero ? time : TimeSpan.Zero);
    }

    private void Record(string type, string reason, string message, Container? container = null) =>
        _kubelet.Kubelet.Tell(new KubeletActor.Report(
            new ObjectReference
            {
                Kind = "Pod",
                ApiVersion = "v1",
                Namespace = _pod.Metadata.Namespace,
                Name = _pod.Metadata.Name,
                Uid = _pod.Metadata.Uid,
                ResourceVersion = _pod.Metadata.ResourceVersion,
                FieldPath = container is null ? null : _pod.Spec.InitContainers.Any(c => c.Name == container.Name) ? $"spec.initContainers{{{container.Name}}}" : $"spec.containers{{{container.Name}}}",
            },
            type, reason, message));

    /// <summary>The pod as messages name it.</summary>
    private string PodName => $"{_pod.Metadata.Name}_{_pod.Metadata.Namespace}({_pod.Metadata.Uid})";

    private sealed record Released(string Container);
}

/// <summary>What the worker keeps about a container beyond its state: back-offs and probes.</summary>
internal sealed class Desk
{
    // Most containers have no probes: the lists are made when they are needed.
    private List<ProbeTrack>? _probes;
    private HashSet<ProbeKind>? _probing;

    /// <summary>Counts operations, so that the answer to one that was given up is told apart.</summary>
    public int Serial { get; set; }

    /// <summary>Waits for a timer before it is started again.</summary>
    public bool Held { get; set; }

    public BackOff Restart { get; set; }

    public BackOff Pull { get; set; }

    /// <summary>When a pull last failed, and how.</summary>
    public (DateTimeOffset At, string Message)? PullFailed { get; set; }

    /// <summary>Since when a pull is under way; null when none is.</summary>
    public DateTimeOffset? PullStarted { get; set; }

    /// <summary>The instance that is being made: its image, its number, and, once the runtime has it, its id.</summary>
    public ImageInfo? NextImage { get; set; }

    public int NextAttempt { get; set; }

    public string? NextId { get; set; }

    /// <summary>The grace period that a failed probe names, in seconds.</summary>
    public long? KillGrace { get; set; }

    /// <summary>The instance whose end has been waited out.</summary>
    public string? WaitedOut { get; set; }

    public List<ProbeTrack> Probes => _probes ??= [];

    /// <summary>Kinds of probes that are under way.</summary>
    public HashSet<ProbeKind> Probing => _probing ??= [];

    public bool HasProbes => _probes is { Count: > 0 };

    /// <summary>When the container is being stopped: since when and for how long.</summary>
    public (DateTimeOffset Since, TimeSpan Grace)? Stopping { get; set; }
}
