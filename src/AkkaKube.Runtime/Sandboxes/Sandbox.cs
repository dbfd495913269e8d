using Akka.Actor;
using Akka.Event;
using AkkaKube.Fabric;

namespace AkkaKube.Runtime;

/// <summary>
/// A pod's sandbox: its network namespace and its containers. Every process of the pod runs on the turn of this actor, so what containers
/// share (volumes, addresses, a clock) needs no other protection.
/// </summary>
internal sealed partial class Sandbox : UntypedActor, IContainerHost, IMachine
{
    private readonly string _id;
    private readonly string _node;
    private readonly ContainerRuntime.RunPodSandbox _request;
    private IReadOnlyList<Adopted>? _adopted;
    private readonly IActorRef _owner;
    private readonly RuntimeSettings _settings;
    private readonly IActorRef _fabric;
    private readonly int _seed;
    private readonly List<Container> _containers = new(1);
    private readonly SandboxNetwork _network;
    private readonly SandboxFiles _files;
    private readonly IActorRef _self;
    private readonly IScheduler _scheduler;
    private readonly DateTimeOffset _createdAt;
    private List<(ContainerRuntime.ReadLog Request, IActorRef Reader)>? _followers;
    private List<(string ContainerId, object? Tag, IActorRef Sender)>? _stopping;
    private Random? _random;
    private int _durations;
    private DateTimeOffset? _wakesAt;
    private ICancelable? _wake;
    private bool _ready;
    private bool _stopped;

    public Sandbox(string id, string node, ContainerRuntime.RunPodSandbox request, IReadOnlyList<Adopted>? adopted, IActorRef owner, RuntimeSettings settings, IActorRef fabric, int seed)
    {
        _id = id;
        _node = node;
        _request = request;
        _adopted = adopted;
        _owner = owner;
        _settings = settings;
        _fabric = fabric;
        _seed = seed;
        _self = Self;
        _scheduler = Context.System.Scheduler;
        _createdAt = _scheduler.Now;
        _network = new SandboxNetwork(request.Config, Self, fabric);
        _files = new SandboxFiles(request.Config, () => Now);
        Kernel = new Kernel(this);
    }

    /// <summary>A container with the id and image that the runtime gave it.</summary>
    public sealed record Create(string Id, ContainerRuntime.CreateContainer Request, ImageDefinition Image, string ImageRef);

    /// <summary>A container that ran on another host since then.</summary>
    public sealed record Adopted(Create Container, DateTimeOffset StartedAt);

    private sealed record Wake(DateTimeOffset At);

    private sealed record Ready;

    private sealed record StartNow(ContainerRuntime.StartContainer Request, IActorRef Sender);

    private sealed record KillNow(string ContainerId);

    private sealed record Ended(string ContainerId);

    private sealed record ExecTimeout(Process Process);

    public Kernel Kernel { get; }

    public PodSandboxConfig Pod => _request.Config;

    public DateTimeOffset Now => _scheduler.Now;

    public Random Random => _random ??= new Random(_seed);

    public INetwork Network => _network;

    public static Props Props(
        string id, string node, ContainerRuntime.RunPodSandbox request, IReadOnlyList<Adopted>? adopted, IActorRef owner, RuntimeSettings settings, IActorRef fabric, int seed) =>
        Akka.Actor.Props.Create(() => new Sandbox(id, node, request, adopted, owner, settings, fabric, seed));

    // ---- what the kernel and the containers ask for

    public void WakeAt(DateTimeOffset time)
    {
        if (_wakesAt is { } planned && planned <= time && planned >= Now) return;
        _wake?.Cancel();
        _wakesAt = time;
        var delay = time - Now;
        _wake = _scheduler.ScheduleTellOnceCancelable(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, _self, new Wake(time), ActorRefs.NoSender);
    }

    public void MountInto(FileSystem files, Container container) => _files.MountInto(files, container);

    public void Exited(Container container) => After(_settings.Stop, new Ended(container.Id));

    public void Printed(Container container)
    {
        // Followers get what a whole turn has printed, not every line by itself.
        if (_followers is not null) _printed = true;
    }

    public void Crashed(Container container, Process process, Exception bug) =>
        Context.GetLogger().Error(bug, "Process {0} ({1}) of container {2} in pod {3}/{4} has failed", process.Pid, process.Name, container.Config.Name, Pod.Namespace, Pod.Name);

    protected override void PreStart()
    {
        if (!Pod.HostNetwork) _fabric.Tell(new FabricActor.Attach(Pod.Ip, _node, Self), Self);
        else GetReady();
    }

    protected override void PostStop()
    {
        _wake?.Cancel();
        _network.Close();
        foreach (var container in _containers.Where(c => c.State == ContainerState.Running))
        {
            // The actor has failed; its owner must not believe that the containers still run.
            var status = StatusOf(container) with { State = ContainerState.Exited, ExitCode = 137, Reason = "Error", FinishedAt = Now };
            _owner.Tell(new ContainerRuntime.ContainerEvent(ContainerRuntime.ContainerEventType.Stopped, status));
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Connection.Segment segment:
                _network.Handle(segment);
                break;
            case Wake wake:
                if (_wakesAt == wake.At) _wakesAt = null;
                break;
            case FabricActor.Incoming incoming:
                _network.Handle(incoming);
                break;
            case FabricActor.Attached:
                GetReady();
                break;
            case FabricActor.AddressInUse:
                _owner.Tell(new ContainerRuntime.Failed(ContainerRuntime.FailureCode.Unknown, $"failed to setup network for sandbox \"{_id}\": address {Pod.Ip} is in use", _request.Tag));
                Context.Stop(Self);
                break;
            case Ready:
                _ready = true;
                _owner.Tell(new ContainerRuntime.PodSandboxRun(_id, _request.Tag));
                Resume();
                break;
            case Gather.Part:
                break;
            case StartNow start:
                On(start);
                break;
            case KillNow kill:
                ContainerOf(kill.ContainerId)?.Signal(Signal.Kill);
                break;
            case Ended ended:
                On(ended);
                break;
            case ExecTimeout timeout:
                KillTree(timeout.Process);
                break;
            case Create create:
                On(create);
                break;
            case ContainerRuntime.Request request:
                On(request);
                break;
            default:
                if (!_network.Handle(message)) Unhandled(message);
                break;
        }

        Kernel.Run();
        if (_printed) FeedFollowers();
    }

    // What stood already on another host takes no time to be set up.
    private void GetReady()
    {
        if (_adopted is null) After(_settings.Sandbox, new Ready());
        else _self.Tell(new Ready(), ActorRefs.NoSender);
    }

    private void After(Distribution duration, object message)
    {
        // A generator for one number: to keep one would cost every idle sandbox more than the rest of it.
        var delay = duration.Sample(new Random(unchecked(_seed + (++_durations * 7919))));
        if (delay <= TimeSpan.Zero) _self.Tell(message, ActorRefs.NoSender);
        else _scheduler.ScheduleTellOnce(delay, _self, message, ActorRefs.NoSender);
    }
}
