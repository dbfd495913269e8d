using Akka.Actor;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Kubelet.Configuration;
using AkkaKube.Kubelet.Environment;
using AkkaKube.Kubelet.Probes;
using AkkaKube.Runtime;

namespace AkkaKube.Kubelet.Pods;

/// <summary>A pod whose node has come from another host: the runtime is told what ran, and the worker goes on as if it had always been here.</summary>
internal sealed partial class PodWorker
{
    private bool _adopting;
    private List<(ReadLog Request, IActorRef Reader)>? _readers;

    private void AdoptSandbox()
    {
        Mount();
        _sandbox = SandboxState.Making;
        _runtime.Tell(new ContainerRuntime.AdoptPodSandbox(
            PodNetwork.Sandbox(_pod, _address!, _sandboxAttempt, _kubelet.Shared.Network.Domain, _kubelet.Shared.Network.DnsIp),
            [.. Running().Select(container => new AdoptedContainer(_run.Of(container.Name).Id!, ConfigOf(container), _run.Of(container.Name).StartedAt ?? Now))])
        {
            Tag = new SandboxTag(_sandboxAttempt),
        });
    }

    private IEnumerable<Container> Running() => _pod.Spec.InitContainers.Concat(_pod.Spec.Containers).Where(c => _run.Of(c.Name) is { State: RunState.Running, Id: not null });

    private ContainerConfig ConfigOf(Container container)
    {
        IReadOnlyList<KeyValuePair<string, string>> variables;
        try
        {
            variables = ContainerVariables.Of(_pod, container, Place, Linkable(), _objects!);
        }
        catch (ConfigException)
        {
            // A ConfigMap or Secret is gone since the container started: it goes on without what came from there.
            variables = [];
        }

        // User and command that the spec leaves open are the image's, which the runtime knows.
        return ContainerConfigs.Of(_pod, container, new ImageInfo("", [], [], 0), _run.Of(container.Name).RestartCount, variables, _volumes!);
    }

    private void OnAdopted(ContainerRuntime.PodSandboxRun sandbox)
    {
        _adopting = false;
        _sandboxId = sandbox.PodSandboxId;
        _sandbox = SandboxState.Ready;
        foreach (var run in _run.Containers.Values) Desk(run.Name).Restart = PodAdoption.Restarts(run, _kubelet.Settings.Restart);
        foreach (var container in Running().ToList())
        {
            var (run, desk) = (_run.Of(container.Name), Desk(container.Name));
            if (!run.Started && container.StartupProbe is null && container.Lifecycle?.PostStart is { } hook)
            {
                // Its hook had not come to an end.
                _run = _run.With(run with { Step = RunStep.PostStart });
                RunHook(container, hook, new CheckTag(container.Name, desk.Serial, CheckKind.PostStart), null);
            }
            else
            {
                Watch(container, ProbeTrack.Adopted(container, run.Started, run.Ready, Now, _kubelet.Settings.AdoptionGrace));
            }
        }

        foreach (var (request, reader) in _readers ?? []) Self.Tell(request, reader);
        _readers = null;
    }
}
