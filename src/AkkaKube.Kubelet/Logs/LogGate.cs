using Akka.Actor;
using AkkaKube.Api.Errors;
using AkkaKube.Client.Requests;

namespace AkkaKube.Kubelet.Logs;

/// <summary>
/// Where the API server of a host asks for logs in a cluster of hosts: leads each request to the kubelet wherever it is. What the asker put
/// into its request stays here, in a relay of its own.
/// </summary>
public sealed class LogGate : ReceiveActor
{
    private LogGate(IActorRef region) => Receive<ReadLog>(read => Context.ActorOf(LogRelay.Props(read, Sender, region)));

    /// <summary>One for the host, at /user/logs.</summary>
    /// <param name="region">The region of the kubelets, or a proxy of it.</param>
    public static Props Props(IActorRef region) => Akka.Actor.Props.Create(() => new LogGate(region));
}

/// <summary>One request for a log, from the asker's side of the wire.</summary>
internal sealed class LogRelay : ReceiveActor, IWithTimers
{
    private sealed record Overdue
    {
        public static readonly Overdue Instance = new();
    }

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ReadLog _read;
    private readonly IActorRef _asker;
    private readonly IActorRef _region;
    private IActorRef? _reader;

    private LogRelay(ReadLog read, IActorRef asker, IActorRef region)
    {
        (_read, _asker, _region) = (read, asker, region);
        Receive<LogChunk>(chunk =>
        {
            if (_reader is null) _reader = Context.Watch(Sender);
            Timers.Cancel(nameof(Overdue));
            End(chunk with { Tag = read.Tag }, chunk.End);
        });
        Receive<Failed>(failed => End(failed with { Tag = read.Tag }, true));
        Receive<Terminated>(gone =>
        {
            // The asker went, or the host that had the log.
            if (gone.ActorRef.Equals(asker)) Context.Stop(Self);
            else End(new LogChunk(read.Tag, default, End: true), true);
        });
        Receive<Overdue>(_ => End(new Failed(read.Tag, StatusErrors.InternalError($"the kubelet of node {read.Node} is not reachable")), true));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(ReadLog read, IActorRef asker, IActorRef region) => Akka.Actor.Props.Create(() => new LogRelay(read, asker, region));

    protected override void PreStart()
    {
        Context.Watch(_asker);
        _region.Tell(_read with { Tag = null });
        // Of a log that is followed an empty chunk comes first, whatever is written.
        Timers.StartSingleTimer(nameof(Overdue), Overdue.Instance, Patience);
    }

    private void End(ApiReply reply, bool isLast)
    {
        _asker.Tell(reply);
        if (isLast) Context.Stop(Self);
    }
}
