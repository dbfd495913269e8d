using Akka.Actor;
using Akka.Event;

namespace AkkaKube.Runtime;

/// <summary>
/// The container runtime of a node: keeps the node's images, makes sandboxes and sends what concerns a sandbox or one of its containers
/// to the actor of that sandbox, which answers by itself.
/// </summary>
public sealed partial class ContainerRuntime : UntypedActor
{
    private readonly string _node;
    private readonly RuntimeSettings _settings;
    private readonly IActorRef _fabric;
    private Random _random;
    private readonly ImageCatalog _catalog;
    private readonly NodeImages _images = new();
    private readonly Dictionary<string, IActorRef> _sandboxes = [];
    private readonly Dictionary<string, (IActorRef Sandbox, string SandboxId)> _containers = [];
    private readonly Dictionary<string, List<(IActorRef Sender, PullImage Request, DateTimeOffset Since)>> _pulls = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();

    /// <summary>Use <see cref="Props"/>.</summary>
    public ContainerRuntime(string node, RuntimeSettings settings, IActorRef fabric, Random random)
    {
        _node = node;
        _settings = settings;
        _fabric = fabric;
        _random = random;
        _catalog = new ImageCatalog(settings);
    }

    private sealed record PullEnds(string Reference);

    /// <summary>The runtime of one node.</summary>
    /// <param name="node">The node's name, by which the fabric knows its routes.</param>
    /// <param name="settings">Durations and images.</param>
    /// <param name="fabric">The network.</param>
    /// <param name="random">Identifiers and durations are drawn from it.</param>
    public static Props Props(string node, RuntimeSettings settings, IActorRef fabric, Random random) =>
        Akka.Actor.Props.Create(() => new ContainerRuntime(node, settings, fabric, random));

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
    {
        _log.Error(error, "A sandbox of node {0} has failed", _node);
        return Directive.Stop;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RunPodSandbox run:
                On(run);
                break;
            case AdoptPodSandbox adopt:
                On(adopt);
                break;
            case TakeOver takeOver:
                On(takeOver);
                break;
            case StopPodSandbox stop:
                ToSandbox(stop.PodSandboxId, stop, new PodSandboxStopped(stop.PodSandboxId, stop.Tag));
                break;
            case RemovePodSandbox remove:
                On(remove);
                break;
            case UpdateVolume update:
                ToSandbox(update.PodSandboxId, update, null);
                break;
            case ListPodSandbox list:
                Gather.From<PodSandboxStatus>(Context, _sandboxes.Values, list, items => new PodSandboxes(items, list.Tag), Sender);
                break;
            case ListContainers { PodSandboxId: null } list:
                Gather.From<ContainerStatus>(Context, _sandboxes.Values, list, items => new Containers(items, list.Tag), Sender);
                break;
            case ListContainers list:
                if (_sandboxes.TryGetValue(list.PodSandboxId!, out var sandbox)) Gather.From<ContainerStatus>(Context, [sandbox], list, items => new Containers(items, list.Tag), Sender);
                else Sender.Tell(new Containers([], list.Tag));
                break;
            case PullImage pull:
                On(pull);
                break;
            case PullEnds ends:
                On(ends);
                break;
            case ImageStatus status:
                On(status);
                break;
            case ListImages list:
                Sender.Tell(new Images([.. _images.All], list.Tag));
                break;
            case RemoveImage remove:
                _images.Remove(remove.Image);
                Sender.Tell(new ImageRemoved(remove.Image, remove.Tag));
                break;
            case CreateContainer create:
                On(create);
                break;
            case StartContainer start:
                ToContainer(start.ContainerId, start, null);
                break;
            case StopContainer stop:
                ToContainer(stop.ContainerId, stop, new ContainerStopped(stop.ContainerId, stop.Tag));
                break;
            case RemoveContainer remove:
                ToContainer(remove.ContainerId, remove, new ContainerRemoved(remove.ContainerId, remove.Tag));
                _containers.Remove(remove.ContainerId);
                break;
            case GetContainerStatus status:
                ToContainer(status.ContainerId, status, null);
                break;
            case ExecSync exec:
                ToContainer(exec.ContainerId, exec, null);
                break;
            case ReadLog read:
                ToContainer(read.ContainerId, read, null);
                break;
            case GetVersion version:
                Sender.Tell(new VersionIs("containerd", "2.1.4", "v1", version.Tag));
                break;
            case Terminated terminated:
                Forget(terminated.ActorRef.Path.Name);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    // ---- sandboxes

    private void On(RunPodSandbox run)
    {
        var id = NewId();
        var sandbox = Context.ActorOf(Sandbox.Props(id, _node, run, null, Sender, _settings, _fabric, _random.Next()), id);
        _sandboxes[id] = Context.Watch(sandbox);
    }

    private void On(AdoptPodSandbox adopt)
    {
        var id = NewId();
        List<Sandbox.Adopted> containers = [];
        foreach (var container in adopt.Containers)
        {
            var (info, definition) = Present(container.Config.Image);
            containers.Add(new Sandbox.Adopted(
                new Sandbox.Create(container.Id, new CreateContainer(id, container.Config), definition, info.RepoDigests.Count > 0 ? info.RepoDigests[0] : info.Id), container.StartedAt));
        }

        var sandbox = Context.ActorOf(Sandbox.Props(id, _node, new RunPodSandbox(adopt.Config) { Tag = adopt.Tag }, containers, Sender, _settings, _fabric, _random.Next()), id);
        _sandboxes[id] = Context.Watch(sandbox);
        foreach (var container in adopt.Containers) _containers[container.Id] = (sandbox, id);
    }

    private void On(TakeOver takeOver)
    {
        // The same seed made the identifiers there; time is what has gone on since.
        _random = new Random(unchecked((_random.Next() * 31) + Context.System.Scheduler.Now.Ticks.GetHashCode()));
        foreach (var name in takeOver.Images) Present(name);
    }

    /// <summary>The image of that name, put on the node without a pull where it is not there.</summary>
    private (ImageInfo Info, ImageDefinition Definition) Present(string name)
    {
        if (_images.Find(name) is { } there) return there;
        // A name that no registry knows any more had an image when it was pulled.
        var reference = ImageReference.Parse(name, out _) ?? ImageReference.Parse("unknown", out _)!;
        _images.Add(reference, _catalog.Find(name, reference).Image ?? ImageCatalog.Unknown(reference));
        return _images.Find(reference.ToString())!.Value;
    }

    private void On(RemovePodSandbox remove)
    {
        // What is gone already has been removed: the request may be repeated.
        ToSandbox(remove.PodSandboxId, remove, new PodSandboxRemoved(remove.PodSandboxId, remove.Tag));
        Forget(remove.PodSandboxId);
    }

    private void Forget(string sandboxId)
    {
        if (!_sandboxes.Remove(sandboxId)) return;
        foreach (var container in _containers.Where(c => c.Value.SandboxId == sandboxId).Select(c => c.Key).ToList()) _containers.Remove(container);
    }

    private void ToSandbox(string id, Request request, Reply? ifGone)
    {
        if (_sandboxes.TryGetValue(id, out var sandbox)) sandbox.Forward(request);
        else Sender.Tell((object?)ifGone ?? new Failed(FailureCode.NotFound, $"an error occurred when try to find sandbox: sandbox \"{id}\": not found", request.Tag));
    }

    private void ToContainer(string id, Request request, Reply? ifGone)
    {
        if (_containers.TryGetValue(id, out var container)) container.Sandbox.Forward(request);
        else Sender.Tell((object?)ifGone ?? new Failed(FailureCode.NotFound, $"an error occurred when try to find container \"{id}\": not found", request.Tag));
    }

    private void On(CreateContainer create)
    {
        if (!_sandboxes.TryGetValue(create.PodSandboxId, out var sandbox))
        {
            Sender.Tell(new Failed(FailureCode.NotFound, $"failed to find sandbox id \"{create.PodSandboxId}\": not found", create.Tag));
        }
        else if (_images.Find(create.Config.Image) is not { } image)
        {
            Sender.Tell(new Failed(FailureCode.NotFound, $"failed to resolve image \"{create.Config.Image}\": not found", create.Tag));
        }
        else
        {
            var id = NewId();
            _containers[id] = (sandbox, create.PodSandboxId);
            sandbox.Tell(new Sandbox.Create(id, create, image.Definition, image.Info.RepoDigests[0]), Sender);
        }
    }

    // ---- images

    private void On(PullImage pull)
    {
        if (ImageReference.Parse(pull.Image, out var error) is not { } reference)
        {
            Sender.Tell(new Failed(FailureCode.InvalidArgument, $"failed to parse image reference \"{pull.Image}\": {error}", pull.Tag));
            return;
        }

        var name = reference.ToString();
        var waiting = (Sender, pull, Context.System.Scheduler.Now);
        // Who asks for an image that is being pulled waits for that pull.
        if (_pulls.TryGetValue(name, out var others))
        {
            others.Add(waiting);
            return;
        }

        _pulls[name] = [waiting];
        var answer = _catalog.Find(pull.Image, reference);
        var duration = (answer.Delay ?? _settings.Pull).Sample(_random);
        if (answer is { Image: { } image, Delay: null } && _settings.PullBandwidth > 0 && _images.Find(pull.Image) is null) duration += TimeSpan.FromSeconds((double)image.Size / _settings.PullBandwidth);
        if (duration <= TimeSpan.Zero) On(new PullEnds(name));
        else Context.System.Scheduler.ScheduleTellOnce(duration, Self, new PullEnds(name), ActorRefs.NoSender);
    }

    private void On(PullEnds ends)
    {
        if (!_pulls.Remove(ends.Reference, out var waiting)) return;
        var reference = ImageReference.Parse(ends.Reference, out _)!;
        var answer = _catalog.Find(waiting[0].Request.Image, reference);
        var info = answer.Image is null ? null : _images.Add(reference, answer.Image);
        foreach (var (sender, request, since) in waiting)
        {
            if (info is null) sender.Tell(answer.Failure! with { Tag = request.Tag });
            else sender.Tell(new ImagePulled(info, Context.System.Scheduler.Now - since, request.Tag));
        }
    }

    private void On(ImageStatus status)
    {
        if (ImageReference.Parse(status.Image, out var error) is null && !status.Image.StartsWith("sha256:", StringComparison.Ordinal))
        {
            Sender.Tell(new Failed(FailureCode.InvalidArgument, $"failed to parse image reference \"{status.Image}\": {error}", status.Tag));
        }
        else
        {
            Sender.Tell(new ImageStatusIs(_images.Find(status.Image)?.Info, status.Tag));
        }
    }

    private string NewId()
    {
        Span<byte> bytes = stackalloc byte[32];
        _random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
