using Akka.Actor;
using AkkaKube.Client.Requests;

namespace AkkaKube.Kubelet.Writes;

/// <summary>
/// Stands before the API server for the events of all kubelets of a process: only so many are under way at a time, the others wait
/// here. Where thousands of pods start at once, their events come after the writes that the pods themselves need.
/// </summary>
internal sealed class EventSink : ReceiveActor
{
    private sealed record Turn(IActorRef Sender, object? Tag, DateTimeOffset Since);

    // Longer than the API server takes for any request.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(90);

    private readonly IActorRef _apiServer;
    private readonly int _limit;
    private readonly Queue<(WriteRequest Request, IActorRef Sender)> _waiting = new();
    private readonly HashSet<Turn> _underWay = new(ReferenceEqualityComparer.Instance);

    private EventSink(IActorRef apiServer, int limit)
    {
        (_apiServer, _limit) = (apiServer, limit);
        Receive<WriteRequest>(request =>
        {
            _waiting.Enqueue((request, Sender));
            SendOn();
        });
        Receive<ApiReply>(reply =>
        {
            if (reply.Tag is not Turn turn || !_underWay.Remove(turn)) return;
            turn.Sender.Tell(reply with { Tag = turn.Tag });
            SendOn();
        });
    }

    public static Props Props(IActorRef apiServer, int limit) => Akka.Actor.Props.Create(() => new EventSink(apiServer, limit));

    private void SendOn()
    {
        var now = Context.System.Scheduler.Now;
        // An answer that is that late was lost with an API server.
        if (_underWay.Count >= _limit) _underWay.RemoveWhere(t => now - t.Since > AnswerLimit);
        while (_underWay.Count < _limit && _waiting.TryDequeue(out var next))
        {
            var turn = new Turn(next.Sender, next.Request.Tag, now);
            _underWay.Add(turn);
            _apiServer.Tell(next.Request with { Tag = turn });
        }
    }
}
