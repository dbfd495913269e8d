using System.Globalization;
using Akka.Actor;
using AkkaKube.Fabric;

namespace AkkaKube.Runtime;

/// <summary>What the kubelet asks of a sandbox.</summary>
internal sealed partial class Sandbox
{
    private bool _printed;

    private void On(ContainerRuntime.Request request)
    {
        switch (request)
        {
            case ContainerRuntime.StartContainer start when Find(start.ContainerId, start.Tag) is { } container:
                if (container.State == ContainerState.Created) After(_settings.Start, new StartNow(start, Sender));
                else Sender.Tell(new ContainerRuntime.Failed(ContainerRuntime.FailureCode.FailedPrecondition, $"container is in {StateName(container.State)} state", start.Tag));
                break;
            case ContainerRuntime.StopContainer stop when Find(stop.ContainerId, stop.Tag) is { } container:
                On(stop, container);
                break;
            case ContainerRuntime.RemoveContainer remove when Find(remove.ContainerId, remove.Tag) is { } container:
                container.Signal(Signal.Kill);
                _containers.Remove(container);
                Sender.Tell(new ContainerRuntime.ContainerRemoved(container.Id, remove.Tag));
                break;
            case ContainerRuntime.GetContainerStatus status when Find(status.ContainerId, status.Tag) is { } container:
                Sender.Tell(new ContainerRuntime.ContainerStatusIs(StatusOf(container), status.Tag));
                break;
            case ContainerRuntime.ExecSync exec when Find(exec.ContainerId, exec.Tag) is { } container:
                On(exec, container);
                break;
            case ContainerRuntime.ReadLog read when Find(read.ContainerId, read.Tag) is { } container:
                if (container.Log.Read(read, container.State == ContainerState.Running) is { } chunk) Sender.Tell(chunk);
                else (_followers ??= []).Add((read with { From = read.From ?? container.Log.End }, Sender));
                break;
            case ContainerRuntime.StopPodSandbox stop:
                Stop();
                Sender.Tell(new ContainerRuntime.PodSandboxStopped(_id, stop.Tag));
                break;
            case ContainerRuntime.RemovePodSandbox remove:
                Stop();
                Sender.Tell(new ContainerRuntime.PodSandboxRemoved(_id, remove.Tag));
                Context.Stop(Self);
                break;
            case ContainerRuntime.UpdateVolume update:
                _files.Update(update.Volume, update.Files);
                Sender.Tell(new ContainerRuntime.VolumeUpdated(_id, update.Volume, update.Tag));
                break;
            case ContainerRuntime.ListPodSandbox:
                Sender.Tell(new Gather.Part([new PodSandboxStatus(_id, Pod, _ready && !_stopped, _createdAt)]));
                break;
            case ContainerRuntime.ListContainers:
                Sender.Tell(new Gather.Part([.. _containers.Select(StatusOf)]));
                break;
        }
    }

    private static string StateName(ContainerState state) => "CONTAINER_" + state.ToString().ToUpperInvariant();

    private Container? Find(string id, object? tag)
    {
        if (ContainerOf(id) is { } container) return container;
        Sender.Tell(new ContainerRuntime.Failed(ContainerRuntime.FailureCode.NotFound, $"an error occurred when try to find container \"{id}\": not found", tag));
        return null;
    }

    private Container? ContainerOf(string id) => _containers.Find(c => c.Id == id);

    private ContainerStatus StatusOf(Container container) => container.Status with { PodSandboxId = _id };

    private void On(Create create)
    {
        if (_stopped)
        {
            Sender.Tell(new ContainerRuntime.Failed(ContainerRuntime.FailureCode.FailedPrecondition, $"sandbox container \"{_id}\" is not running", create.Request.Tag));
            return;
        }

        Add(create);
        Sender.Tell(new ContainerRuntime.ContainerCreated(create.Id, create.Request.Tag));
    }

    private Container Add(Create create)
    {
        foreach (var mount in create.Request.Config.Mounts) _files.Add(mount);
        var container = new Container(create.Id, this, create.Request.Config, create.Image, create.ImageRef, _settings.LogLimit);
        _containers.Add(container);
        return container;
    }

    /// <summary>Starts what ran on another host.</summary>
    private void Resume()
    {
        var adopted = _adopted ?? [];
        _adopted = null;
        // All of them are there before the first one runs: they may share volumes.
        foreach (var (container, startedAt) in adopted.Select(a => (Add(a.Container), a.StartedAt)).ToList())
            if (container.Start(startedAt) is not null) Tell(ContainerRuntime.ContainerEventType.Stopped, container);
    }

    private void On(StartNow start)
    {
        if (ContainerOf(start.Request.ContainerId) is not { } container || container.State != ContainerState.Created || _stopped)
        {
            start.Sender.Tell(new ContainerRuntime.Failed(ContainerRuntime.FailureCode.NotFound, $"an error occurred when try to find container \"{start.Request.ContainerId}\": not found", start.Request.Tag));
            return;
        }

        if (container.Start() is { } failure)
        {
            start.Sender.Tell(new ContainerRuntime.Failed(ContainerRuntime.FailureCode.Unknown, failure, start.Request.Tag));
            Tell(ContainerRuntime.ContainerEventType.Stopped, container);
            return;
        }

        start.Sender.Tell(new ContainerRuntime.ContainerStarted(container.Id, start.Request.Tag));
        Tell(ContainerRuntime.ContainerEventType.Started, container);
    }

    private void Tell(ContainerRuntime.ContainerEventType type, Container container) => _owner.Tell(new ContainerRuntime.ContainerEvent(type, StatusOf(container)));

    private void On(ContainerRuntime.StopContainer stop, Container container)
    {
        if (container.State != ContainerState.Running)
        {
            Sender.Tell(new ContainerRuntime.ContainerStopped(container.Id, stop.Tag));
            return;
        }

        (_stopping ??= []).Add((container.Id, stop.Tag, Sender));
        if (stop.Timeout <= TimeSpan.Zero)
        {
            container.Signal(Signal.Kill);
            return;
        }

        container.Signal(container.Image.StopSignal);
        _scheduler.ScheduleTellOnce(stop.Timeout, _self, new KillNow(container.Id), ActorRefs.NoSender);
    }

    private void On(Ended ended)
    {
        if (ContainerOf(ended.ContainerId) is { } container)
        {
            Tell(ContainerRuntime.ContainerEventType.Stopped, container);
            _printed |= _followers is not null;
        }

        if (_stopping is null) return;
        foreach (var (id, tag, sender) in _stopping.Where(s => s.ContainerId == ended.ContainerId).ToList()) sender.Tell(new ContainerRuntime.ContainerStopped(id, tag));
        _stopping.RemoveAll(s => s.ContainerId == ended.ContainerId);
        if (_stopping.Count == 0) _stopping = null;
    }

    private void Stop()
    {
        if (_stopped) return;
        _stopped = true;
        foreach (var container in _containers.ToList()) container.Signal(Signal.Kill);
        _network.Close();
        if (!Pod.HostNetwork) _fabric.Tell(new FabricActor.Detach(Pod.Ip, Self), Self);
    }

    private void On(ContainerRuntime.ExecSync exec, Container container)
    {
        var (sender, tag) = (Sender, exec.Tag);
        if (container.State != ContainerState.Running)
        {
            sender.Tell(new ContainerRuntime.Failed(ContainerRuntime.FailureCode.Unknown, $"failed to exec in container: container is in {StateName(container.State)} state", tag));
            return;
        }

        var (stdout, stderr) = (new CollectingFile(), new CollectingFile());
        var (process, failure) = container.Exec(exec.Command, exec.Stdin.IsEmpty ? new NullFile() : new BytesFile(exec.Stdin), stdout, stderr);
        if (process is null)
        {
            sender.Tell(new ContainerRuntime.Failed(ContainerRuntime.FailureCode.Unknown, $"failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: unable to start container process: {failure}: unknown", tag));
            return;
        }

        var deadline = exec.Timeout > TimeSpan.Zero ? Now + exec.Timeout : (DateTimeOffset?)null;
        process.Ended = ended =>
        {
            // Killed because its time was over, not by itself.
            if (deadline is { } due && ended.ExitCode == 128 + (int)Signal.Kill && Now >= due)
            {
                sender.Tell(new ContainerRuntime.Failed(ContainerRuntime.FailureCode.DeadlineExceeded, string.Create(CultureInfo.InvariantCulture, $"failed to exec in container: timeout {exec.Timeout.TotalSeconds}s exceeded: context deadline exceeded"), tag));
            }
            else
            {
                sender.Tell(new ContainerRuntime.ExecResult(ended.ExitCode!.Value, stdout.Collected, stderr.Collected, tag));
            }
        };
        if (deadline is not null) _scheduler.ScheduleTellOnce(exec.Timeout, _self, new ExecTimeout(process), ActorRefs.NoSender);
    }

    private static void KillTree(Process process)
    {
        foreach (var child in process.Container.Processes.Where(p => p.Parent == process).ToList()) KillTree(child);
        process.Send(Signal.Kill);
    }

    private void FeedFollowers()
    {
        _printed = false;
        if (_followers is null) return;
        foreach (var follower in _followers.ToList())
        {
            if (ContainerOf(follower.Request.ContainerId) is { } container)
            {
                if (container.Log.Read(follower.Request, container.State == ContainerState.Running) is not { } chunk) continue;
                follower.Reader.Tell(chunk);
            }
            else
            {
                follower.Reader.Tell(new ContainerRuntime.LogRead(default, follower.Request.From ?? 0, End: true, follower.Request.Tag));
            }

            _followers.Remove(follower);
        }

        if (_followers.Count == 0) _followers = null;
    }
}
