using System.Text;
using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Fabric;
using AkkaKube.Kubelet.Probes;
using AkkaKube.Runtime;

namespace AkkaKube.Kubelet.Pods;

/// <summary>Probes and lifecycle hooks: both run a command in the container or ask it something over the network.</summary>
internal sealed partial class PodWorker
{
    private enum CheckKind
    {
        Startup,
        Liveness,
        Readiness,
        PostStart,
        PreStop,
        Stop,
    }

    // A program that has just started gets a moment to open its port; the real kubelet takes as long to notice the start.
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(200);

    private sealed record CheckTag(string Container, int Serial, CheckKind Kind);

    private sealed record ProbeDue(string Container, int Serial, ProbeKind Kind);

    private sealed record HookSlept(CheckTag Tag);

    private sealed record HookOverdue(CheckTag Tag);

    /// <summary>Starts the probes of an instance that runs.</summary>
    private void Watch(Container container) => Watch(container, ProbeTrack.Of(container));

    private void Watch(Container container, IEnumerable<ProbeTrack> probes)
    {
        if (container is { StartupProbe: null, LivenessProbe: null, ReadinessProbe: null }) return;
        var desk = Desk(container.Name);
        desk.Probes.Clear();
        desk.Probes.AddRange(probes);
        desk.Probing.Clear();
        foreach (var probe in desk.Probes)
            Timers.StartSingleTimer(
                ("probe", container.Name, probe.Kind), new ProbeDue(container.Name, desk.Serial, probe.Kind), probe.InitialDelay > FirstLook ? probe.InitialDelay : FirstLook);
    }

    private void Unwatch(string container)
    {
        var desk = Desk(container);
        if (!desk.HasProbes) return;
        foreach (var probe in desk.Probes) Timers.Cancel(("probe", container, probe.Kind));
        desk.Probes.Clear();
    }

    private void On(ProbeDue due)
    {
        var desk = Desk(due.Container);
        if (due.Serial != desk.Serial || Find(due.Container) is not { } container || desk.Probes.Find(p => p.Kind == due.Kind) is not { } probe) return;
        if (due.Kind == ProbeKind.Startup && _run.Of(due.Container).Started) return;
        Timers.StartSingleTimer(("probe", due.Container, due.Kind), due, probe.Period);
        if (!probe.IsDue(_run.Of(due.Container).Started) || !desk.Probing.Add(due.Kind)) return;
        var tag = new CheckTag(due.Container, desk.Serial, (CheckKind)due.Kind);
        if (probe.Spec.Exec is { } exec)
            _runtime.Tell(new ContainerRuntime.ExecSync(_run.Of(due.Container).Id!, exec.Command, probe.Timeout) { Tag = tag });
        else if (probe.Spec.HttpGet is { } http) Ask(container, http, probe.Timeout, tag);
        else if (probe.Spec.TcpSocket is { } tcp) Connect(container, tcp.Port, tcp.Host, null, probe.Timeout, tag);
        else if (probe.Spec.Grpc is { } grpc) Connect(container, grpc.Port, null, null, probe.Timeout, tag);
        else desk.Probing.Remove(due.Kind);
    }

    /// <summary>Runs a hook; <paramref name="limit"/> is how long it may take, null for as long as it needs.</summary>
    private void RunHook(Container container, LifecycleHandler hook, CheckTag tag, TimeSpan? limit)
    {
        if (limit is { } most) Timers.StartSingleTimer(("hook", container.Name), new HookOverdue(tag), most);
        var forever = limit ?? TimeSpan.FromHours(1);
        if (hook.Exec is { } exec) _runtime.Tell(new ContainerRuntime.ExecSync(_run.Of(container.Name).Id!, exec.Command, limit ?? TimeSpan.Zero) { Tag = tag });
        else if (hook.HttpGet is { } http) Ask(container, http, forever, tag);
        else if (hook.TcpSocket is { } tcp) Connect(container, tcp.Port, tcp.Host, null, forever, tag);
        else if (hook.Sleep is { } sleep) Timers.StartSingleTimer(("sleep", container.Name), new HookSlept(tag), TimeSpan.FromSeconds(sleep.Seconds));
        else Self.Tell(new HookSlept(tag));
    }

    private void Ask(Container container, HTTPGetAction http, TimeSpan timeout, CheckTag tag)
    {
        var path = http.Path ?? "/";
        Connect(container, http.Port, http.Host,
            (host, port) => new ConnectionCheck.HttpRequest(http.Scheme ?? "HTTP", $"{host}:{port}", path.StartsWith('/') ? path : "/" + path, [.. http.HttpHeaders.Select(h => new KeyValuePair<string, string>(h.Name, h.Value))]),
            timeout, tag);
    }

    private void Connect(Container container, IntOrString port, string? host, Func<string, int, ConnectionCheck.HttpRequest>? request, TimeSpan timeout, CheckTag tag)
    {
        if (ContainerPorts.Resolve(port, container) is not { } number)
        {
            OnChecked(tag, success: false, $"couldn't find port: {port}");
            return;
        }
        var target = string.IsNullOrEmpty(host) ? _address! : host;
        Context.ActorOf(ConnectionCheck.Props(
            new ConnectionCheck.Check(_kubelet.Node.Ip, new SocketAddress(target, number), request?.Invoke(target, number), timeout, tag), _kubelet.Shared.Fabric, Self));
    }

    private void OnCheck(ContainerRuntime.Reply reply, CheckTag tag)
    {
        switch (reply)
        {
            case ContainerRuntime.Failed lost when tag.Kind == CheckKind.Stop:
                // The runtime knows nothing of it: it is not there any more.
                if (tag.Serial != Desk(tag.Container).Serial || _run.Of(tag.Container) is not { State: RunState.Running } running) break;
                _run = _run.With(running with { State = RunState.Exited, Step = RunStep.Idle, ExitCode = 137, ExitReason = "ContainerStatusUnknown", ExitMessage = lost.Message, FinishedAt = Now, Started = false, Ready = false, KillMessage = null });
                Sync();
                break;
            case ContainerRuntime.ExecResult result:
                OnChecked(tag, result.ExitCode == 0, Encoding.UTF8.GetString(result.Stdout.Span) + Encoding.UTF8.GetString(result.Stderr.Span));
                break;
            case ContainerRuntime.Failed { Code: ContainerRuntime.FailureCode.DeadlineExceeded } late:
                OnChecked(tag, success: false, late.Message.StartsWith("command", StringComparison.Ordinal) ? late.Message : "command timed out: " + late.Message);
                break;
            case ContainerRuntime.Failed failed:
                OnChecked(tag, success: false, failed.ToString());
                break;
            case ContainerRuntime.ContainerStopped:
                // The ContainerExited event has said, or will say, how it ended.
                break;
        }
    }

    private void OnChecked(CheckTag tag, bool success, string output)
    {
        var desk = Desk(tag.Container);
        if (tag.Serial != desk.Serial || Find(tag.Container) is not { } container) return;
        if (tag.Kind is CheckKind.PostStart or CheckKind.PreStop)
        {
            Timers.Cancel(("hook", tag.Container));
            Timers.Cancel(("sleep", tag.Container));
            OnHook(container, tag, success, output);
            return;
        }
        var kind = (ProbeKind)tag.Kind;
        desk.Probing.Remove(kind);
        var index = desk.Probes.FindIndex(p => p.Kind == kind);
        if (index >= 0 && desk.Probes[index].Overlooks(success, Now)) return;
        if (!success) Record("Warning", "Unhealthy", $"{kind} probe failed: {output}", container);
        if (index < 0) return;
        var before = desk.Probes[index];
        var after = desk.Probes[index] = before.After(success);
        if (after.Verdict == before.Verdict) return;
        On(container, after, desk);
    }

    private void On(Container container, ProbeTrack probe, Desk desk)
    {
        var run = _run.Of(container.Name);
        if (run.State != RunState.Running) return;
        switch (probe.Kind)
        {
            case ProbeKind.Readiness:
                _run = _run.With(run with { Ready = probe.Verdict == true });
                break;
            case ProbeKind.Startup when probe.Verdict == true:
                _run = _run.With(run with { Started = true });
                // What waited for this need not wait for its next turn.
                foreach (var other in desk.Probes.Where(p => p.Kind != ProbeKind.Startup))
                    Timers.StartSingleTimer(("probe", container.Name, other.Kind), new ProbeDue(container.Name, desk.Serial, other.Kind), TimeSpan.Zero);
                break;
            case ProbeKind.Startup or ProbeKind.Liveness when probe.Verdict == false:
                Unwatch(container.Name);
                desk.KillGrace = probe.Spec.TerminationGracePeriodSeconds;
                _run = _run.With(run with { KillMessage = $"Container {container.Name} failed {probe.Kind.ToString().ToLowerInvariant()} probe, will be restarted" });
                break;
            default:
                return;
        }
        Sync();
    }

    private void OnHook(Container container, CheckTag tag, bool success, string output)
    {
        var run = _run.Of(container.Name);
        if (tag.Kind == CheckKind.PreStop)
        {
            if (!success) Record("Warning", "FailedPreStopHook", "PreStopHook failed", container);
            StopNow(container);
            return;
        }
        if (run is not { State: RunState.Running, Step: RunStep.PostStart }) return;
        if (success)
        {
            _run = _run.With(run with { Step = RunStep.Idle, Started = container.StartupProbe is null });
            Watch(container);
        }
        else
        {
            Record("Warning", "FailedPostStartHook", "PostStartHook failed", container);
            _run = _run.With(run with { Step = RunStep.Idle, KillMessage = "FailedPostStartHook" });
        }
        Sync();
    }
}
