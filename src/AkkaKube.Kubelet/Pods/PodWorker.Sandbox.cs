using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Kubelet.Configuration;
using AkkaKube.Kubelet.Environment;
using AkkaKube.Kubelet.Volumes;
using AkkaKube.Network.Services;
using AkkaKube.Runtime;

namespace AkkaKube.Kubelet.Pods;

/// <summary>The pod's sandbox: address, Services, ConfigMaps and Secrets first, then the sandbox itself.</summary>
internal sealed partial class PodWorker
{
    private sealed record SandboxTag(int Attempt);

    private enum SandboxState
    {
        None,
        Making,
        Ready,
        Stopping,
        Stopped,
    }

    private bool _recovered;
    private SandboxState _sandbox;
    private int _sandboxAttempt;
    private string? _sandboxId;
    private string? _address;
    private ValueMap<Quantity> _allocatable = ValueMap<Quantity>.Empty;
    private ServiceView? _services;
    private ReferencedObjects? _objects;
    private IReadOnlyDictionary<string, VolumeSource>? _volumes;
    private bool _asked;
    private string? _mountError;

    private bool IsPrepared => _services is not null && _objects is not null && _volumes is not null;

    private PodPlace Place => new(_kubelet.Node.Ip, _address, _allocatable);

    private void Prepare()
    {
        if (!_asked)
        {
            _asked = true;
            _kubelet.Kubelet.Tell(new KubeletActor.TakeAddress(_pod.Metadata.Uid ?? "", _pod.Spec.HostNetwork, _recovered || _adopting ? _pod.Status.PodIP : null));
            _kubelet.Shared.Services.Tell(ServiceWatcher.Get.Instance);
            var references = References.Of(_pod);
            if (references.IsEmpty) _objects = ReferencedObjects.None;
            else _kubelet.Configuration.Tell(new ConfigurationCache.Follow(references));
        }
        if (_address is null || _services is null || _objects is null || _sandbox is not (SandboxState.None or SandboxState.Stopped)) return;
        if (_adopting)
        {
            AdoptSandbox();
            return;
        }
        if (!Mount()) return;
        if (_recovered)
        {
            _recovered = false;
            Record("Normal", "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");
            // The new sandbox starts from the beginning: init containers run again.
            if (_run.Containers.Count > 0)
                foreach (var init in _pod.Spec.InitContainers)
                    if (_run.Of(init.Name) is { LastEnd: { } end }) _run = _run.With(new ContainerRun(init.Name) { Previous = end, Id = end.Id, ImageId = end.ImageId, RestartCount = end.RestartCount });
        }
        _sandbox = SandboxState.Making;
        _runtime.Tell(new ContainerRuntime.RunPodSandbox(PodNetwork.Sandbox(_pod, _address, _sandboxAttempt, _kubelet.Shared.Network.Domain, _kubelet.Shared.Network.DnsIp))
        {
            Tag = new SandboxTag(_sandboxAttempt),
        });
    }

    /// <summary>Gathers the contents of the volumes; false where one cannot be set up yet.</summary>
    private bool Mount()
    {
        var volumes = new Dictionary<string, VolumeSource>();
        foreach (var volume in _pod.Spec.Volumes)
        {
            try
            {
                volumes[volume.Name] = PodVolumes.Of(_pod, volume, Place, _objects!, _kubelet.Tokens, Now);
            }
            catch (ConfigException) when (_adopting)
            {
                // What it came from is gone since the pod mounted it; the pod goes on.
                volumes[volume.Name] = new VolumeSource.Empty();
            }
            catch (ConfigException missing)
            {
                var message = $"MountVolume.SetUp failed for volume \"{volume.Name}\" : {missing.Message}";
                if (_mountError != message) Record("Warning", "FailedMount", message);
                _mountError = message;
                return false;
            }
        }
        _mountError = null;
        _volumes = volumes;
        return true;
    }

    private void On(AddressTaken taken)
    {
        if (taken.Ip is null)
        {
            Record("Warning", "FailedCreatePodSandBox", "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox: failed to allocate for range 0: no IP addresses available in range set");
            Timers.StartSingleTimer(nameof(KubeletActor.TakeAddress), Resync.Instance, _kubelet.Settings.RetryPeriod);
            _asked = false;
            return;
        }
        (_address, _allocatable) = (taken.Ip, taken.Allocatable);
        Sync();
    }

    private void On(ServiceView view)
    {
        _services = view;
        Sync();
    }

    private void On(ConfigurationCache.Found found)
    {
        _objects = found.Objects;
        if (_sandbox == SandboxState.Ready && _volumes is { } before && Mount())
        {
            // A container that mounts the volume sees the new files.
            foreach (var (name, source) in _volumes!)
                if (source is VolumeSource.Files files && _pod.Spec.Volumes.Any(v => v.Name == name && (v.ConfigMap is not null || v.Secret is not null || v.Projected is not null)))
                    _runtime.Tell(new ContainerRuntime.UpdateVolume(_sandboxId!, name, files.Tree));
            _volumes ??= before;
        }
        foreach (var (name, desk) in _desks)
            if (desk.Held && _run.Of(name).WaitingReason == "CreateContainerConfigError") desk.Held = false;
        Sync();
    }

    private void OnSandbox(ContainerRuntime.Reply reply)
    {
        switch (reply)
        {
            case ContainerRuntime.PodSandboxRun run when _adopting:
                OnAdopted(run);
                break;
            case ContainerRuntime.Failed when _adopting:
                _sandbox = SandboxState.None;
                // The old sandbox, if it was of this very host, gives its address back in a moment.
                Timers.StartSingleTimer(nameof(ContainerRuntime.AdoptPodSandbox), Resync.Instance, Moment);
                return;
            case ContainerRuntime.PodSandboxRun run:
                _sandboxId = run.PodSandboxId;
                _sandbox = SandboxState.Ready;
                _run = _run with { SandboxReady = true, PodIp = _address };
                // Its containers are about to start: what that changes goes with the same write, unless it takes long.
                Sync(publish: false);
                return;
            case ContainerRuntime.PodSandboxStopped:
                Stopped();
                break;
            case ContainerRuntime.Failed failed when _sandbox == SandboxState.Making:
                _sandbox = SandboxState.None;
                _sandboxAttempt++;
                Record("Warning", "FailedCreatePodSandBox", $"Failed to create pod sandbox: {failed}");
                Timers.StartSingleTimer(nameof(ContainerRuntime.RunPodSandbox), Resync.Instance, _kubelet.Settings.RetryPeriod);
                Publish();
                return;
            case ContainerRuntime.Failed:
                Stopped();
                break;
        }
        Sync();
    }

    private void StopSandbox()
    {
        if (_sandbox != SandboxState.Ready) return;
        _sandbox = SandboxState.Stopping;
        _runtime.Tell(new ContainerRuntime.StopPodSandbox(_sandboxId!) { Tag = new SandboxTag(_sandboxAttempt) });
    }

    private void Stopped()
    {
        _sandbox = SandboxState.Stopped;
        _run = _run with { SandboxReady = false };
        _kubelet.Kubelet.Tell(new KubeletActor.ReleaseAddress(_pod.Metadata.Uid ?? ""));
    }
}
