using Akka.Actor;
using AkkaKube.Api.Core.V1;
using AkkaKube.Kubelet.Configuration;
using AkkaKube.Kubelet.Environment;
using AkkaKube.Kubelet.Probes;
using AkkaKube.Runtime;

namespace AkkaKube.Kubelet.Pods;

/// <summary>How a container starts: back-off, image, configuration, create, start, postStart hook.</summary>
internal sealed partial class PodWorker
{
    private sealed record StartTag(string Container, int Serial);

    private void Start(Container container, bool isInit)
    {
        var desk = Desk(container.Name);
        var run = _run.Of(container.Name);
        if (run.LastEnd is { } end && desk.WaitedOut != end.Id)
        {
            var failed = end.FinishedAt ?? Now;
            var notBefore = desk.Restart.NotBefore(failed, _kubelet.Settings.Restart);
            if (Now < notBefore)
            {
                var delay = GoDuration.Text(desk.Restart.Delay ?? TimeSpan.Zero);
                Wait(container, "CrashLoopBackOff", $"back-off {delay} restarting failed container={container.Name} pod={PodName}", notBefore - Now);
                Record("Warning", "BackOff", $"Back-off restarting failed container {container.Name} in pod {PodName}", container);
                return;
            }
            desk.Restart = desk.Restart.Next(failed, Now, _kubelet.Settings.Restart);
            desk.WaitedOut = end.Id;
        }
        desk.Serial++;
        (desk.NextId, desk.NextImage, desk.PullStarted) = (null, null, null);
        _run = _run.With(run with { Step = RunStep.Starting, KillMessage = null });
        if (container.ImagePullPolicy == "Always") Pull(container, desk);
        else _runtime.Tell(new ContainerRuntime.ImageStatus(container.Image ?? "") { Tag = new StartTag(container.Name, desk.Serial) });
    }

    private void OnStart(ContainerRuntime.Reply reply, StartTag tag)
    {
        var desk = Desk(tag.Container);
        if (tag.Serial != desk.Serial || Find(tag.Container) is not { } container) return;
        var before = _run;
        switch (reply)
        {
            case ContainerRuntime.ImageStatusIs { Image: { } present }:
                Record("Normal", "Pulled", $"Container image \"{container.Image}\" already present on machine and can be accessed by the pod", container);
                Create(container, present, desk);
                break;
            case ContainerRuntime.ImageStatusIs when container.ImagePullPolicy == "Never":
                var never = $"Container image \"{container.Image}\" is not present with pull policy of Never";
                Record("Warning", "ErrImageNeverPull", never, container);
                Record("Warning", "Failed", "Error: ErrImageNeverPull", container);
                Wait(container, "ErrImageNeverPull", never, _kubelet.Settings.RetryPeriod);
                break;
            case ContainerRuntime.ImageStatusIs:
                Pull(container, desk);
                break;
            case ContainerRuntime.ImagePulled pulled:
                desk.PullFailed = null;
                var took = GoDuration.Text(TimeSpan.FromMilliseconds(Math.Round(pulled.Duration.TotalMilliseconds)));
                var waiting = Now - desk.PullStarted ?? pulled.Duration;
                var waited = waiting > pulled.Duration ? GoDuration.Text(TimeSpan.FromMilliseconds(Math.Round(waiting.TotalMilliseconds))) : took;
                desk.PullStarted = null;
                Record("Normal", "Pulled", $"Successfully pulled image \"{container.Image}\" in {took} ({waited} including waiting). Image size: {pulled.Image.Size} bytes.", container);
                Create(container, pulled.Image, desk);
                break;
            case ContainerRuntime.ContainerCreated created:
                Record("Normal", "Created", "Container created", container);
                desk.NextId = created.ContainerId;
                _runtime.Tell(new ContainerRuntime.StartContainer(created.ContainerId) { Tag = tag });
                break;
            case ContainerRuntime.ContainerStarted started:
                Record("Normal", "Started", "Container started", container);
                if (desk.NextId == started.ContainerId) OnStarted(container, desk, Now);
                return;
            case ContainerRuntime.Failed failed:
                OnStartFailed(container, failed, desk);
                break;
        }
        if (_run != before) Publish();
    }

    private void Pull(Container container, Desk desk)
    {
        if (desk.PullFailed is { } before && desk.Pull.NotBefore(before.At, _kubelet.Settings.Pull) is var notBefore && Now < notBefore)
        {
            Record("Normal", "BackOff", $"Back-off pulling image \"{container.Image}\"", container);
            Record("Warning", "Failed", "Error: ImagePullBackOff", container);
            Wait(container, "ImagePullBackOff", $"Back-off pulling image \"{container.Image}\": ErrImagePull: {before.Message}", notBefore - Now);
            return;
        }
        Record("Normal", "Pulling", $"Pulling image \"{container.Image}\"", container);
        desk.PullStarted = Now;
        _runtime.Tell(new ContainerRuntime.PullImage(container.Image ?? "") { Auth = PullSecrets.For(container.Image ?? "", _pod, _objects!), Tag = new StartTag(container.Name, desk.Serial) });
    }

    private void Create(Container container, ImageInfo image, Desk desk)
    {
        var run = _run.Of(container.Name);
        var attempt = run.LastEnd is { } end ? end.RestartCount + 1 : run.RestartCount;
        try
        {
            if (container.SecurityContext?.RunAsNonRoot ?? _pod.Spec.SecurityContext?.RunAsNonRoot ?? false)
                NonRoot(container, image);
            var variables = ContainerVariables.Of(_pod, container, Place, Linkable(), _objects!);
            var config = ContainerConfigs.Of(_pod, container, image, attempt, variables, _volumes!);
            (desk.NextId, desk.NextAttempt, desk.NextImage) = (null, attempt, image);
            _runtime.Tell(new ContainerRuntime.CreateContainer(_sandboxId!, config) { Tag = new StartTag(container.Name, desk.Serial) });
        }
        catch (ConfigException missing)
        {
            Record("Warning", "Failed", $"Error: {missing.Message}", container);
            Wait(container, "CreateContainerConfigError", missing.Message, _kubelet.Settings.RetryPeriod);
        }
    }

    private void NonRoot(Container container, ImageInfo image)
    {
        if ((container.SecurityContext?.RunAsUser ?? _pod.Spec.SecurityContext?.RunAsUser ?? image.Uid ?? 0) != 0) return;
        throw new ConfigException(
            $"container has runAsNonRoot and image will run as root (pod: \"{PodName}\", container: {container.Name})");
    }

    private IEnumerable<Service> Linkable()
    {
        // The API's own Service is known in every namespace.
        var master = _services!.InNamespace("default").Where(s => s.Metadata.Name == "kubernetes" && _pod.Metadata.Namespace != "default");
        return _pod.Spec.EnableServiceLinks == false
            ? _services.InNamespace("default").Where(s => s.Metadata.Name == "kubernetes")
            : master.Concat(_services.InNamespace(_pod.Metadata.Namespace));
    }

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private void OnStarted(Container container, Desk desk, DateTimeOffset startedAt)
    {
        var hook = container.Lifecycle?.PostStart;
        _run = _run.With(Instance(container, desk) with
        {
            State = RunState.Running,
            Step = hook is null ? RunStep.Idle : RunStep.PostStart,
            StartedAt = startedAt,
            Started = container.StartupProbe is null && hook is null,
            Ready = container.ReadinessProbe is null,
        });
        if (hook is not null) RunHook(container, hook, new CheckTag(container.Name, desk.Serial, CheckKind.PostStart), null);
        else Watch(container);
        Sync(publish: false);

        // A program that is over at once is never told to have run: the real kubelet looks at its containers from time to time only.
        Timers.StartSingleTimer(nameof(PublishSoon), Resync.Instance, Glance);
    }

    /// <summary>The instance that the runtime has made, in place of the one before.</summary>
    private ContainerRun Instance(Container container, Desk desk)
    {
        var image = desk.NextImage!;
        var instance = new ContainerRun(container.Name)
        {
            Id = desk.NextId,
            Image = ContainerConfigs.ImageName(container.Image ?? "", image),
            ImageId = image.RepoDigests.Count > 0 ? image.RepoDigests[0] : image.Id,
            RestartCount = desk.NextAttempt,
            Previous = _run.Of(container.Name).LastEnd is { } end ? end with { Previous = null } : null,
        };
        desk.NextId = null;
        return instance;
    }

    private void OnStartFailed(Container container, ContainerRuntime.Failed failed, Desk desk)
    {
        if (desk.PullStarted is not null)
        {
            desk.PullStarted = null;
            desk.Pull = desk.Pull.Next(desk.PullFailed?.At ?? Now, Now, _kubelet.Settings.Pull);
            desk.PullFailed = (Now, failed.ToString());
            Record("Warning", "Failed", $"Failed to pull image \"{container.Image}\": {failed}", container);
            Record("Warning", "Failed", "Error: ErrImagePull", container);
            Wait(container, "ErrImagePull", failed.ToString(), _kubelet.Settings.PullErrorShown);
        }
        else if (desk.NextImage is null)
        {
            var message = $"Failed to apply default image tag \"{container.Image}\": couldn't parse image name \"{container.Image}\": {failed.Message}";
            Record("Warning", "InspectFailed", message, container);
            Record("Warning", "Failed", "Error: InvalidImageName", container);
            Wait(container, "InvalidImageName", message, _kubelet.Settings.RetryPeriod);
        }
        else if (desk.NextId is null)
        {
            Record("Warning", "Failed", $"Error: {failed.Message}", container);
            Wait(container, "CreateContainerError", failed.Message, _kubelet.Settings.RetryPeriod);
        }
        else
        {
            Record("Warning", "Failed", $"Error: {failed.Message}", container);
            _run = _run.With(Instance(container, desk) with
            {
                State = RunState.Exited,
                ExitCode = 128,
                ExitReason = "StartError",
                ExitMessage = failed.Message,
                StartedAt = DateTimeOffset.UnixEpoch,
                FinishedAt = Now,
            });
            Sync();
        }
    }

    private void OnStopped(AkkaKube.Runtime.ContainerStatus status)
    {
        var desk = Desk(status.Name);
        if (desk.NextId == status.Id && Find(status.Name) is { } container)
        {
            // It was over before the answer to its start came.
            Record("Normal", "Started", "Container started", container);
            _run = _run.With(Instance(container, desk) with { State = RunState.Running, StartedAt = status.StartedAt });
        }
        var run = _run.Of(status.Name);
        if (run.Id != status.Id || run.State == RunState.Exited) return;
        Unwatch(status.Name);
        desk.Serial++;
        desk.Stopping = null;
        _run = _run.With(run with
        {
            State = RunState.Exited,
            Step = RunStep.Idle,
            StartedAt = status.StartedAt ?? run.StartedAt,
            FinishedAt = status.FinishedAt ?? Now,
            ExitCode = status.ExitCode,
            ExitReason = status.Reason.Length > 0 ? status.Reason : null,
            ExitMessage = status.Message.Length > 0 ? status.Message : null,
            Started = false,
            Ready = false,
            KillMessage = null,
        });
        Sync();
    }

    private void Wait(Container container, string reason, string message, TimeSpan time)
    {
        var run = _run.Of(container.Name);
        Desk(container.Name).Serial++;
        _run = _run.With(run with { State = RunState.Waiting, Step = RunStep.Idle, WaitingReason = reason, WaitingMessage = message, Previous = run.LastEnd is { } end ? end with { Previous = null } : null, Started = false, Ready = false });
        Hold(container.Name, time);
    }

    private Container? Find(string name) =>
        _pod.Spec.InitContainers.Concat(_pod.Spec.Containers).FirstOrDefault(c => c.Name == name);
}
