using Akka.Actor;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Services;

/// <summary>
/// The way of an API server to the <see cref="ServiceWriter"/>, wherever that is. Tags stay on this host: a number goes instead. What is not answered in
/// time, because the writer's host has died, is answered as not available; whether it was done is then unknown.
/// </summary>
public sealed class ServiceWriterGateway : ReceiveActor, IWithTimers
{
    private sealed record Late(long Number);

    private readonly IActorRef _writer;
    private readonly TimeSpan _limit;
    private readonly Dictionary<long, (IActorRef Client, object? Tag)> _waiting = [];
    private long _last;

    /// <summary>The way to this writer.</summary>
    public ServiceWriterGateway(IActorRef writer, TimeSpan limit)
    {
        (_writer, _limit) = (writer, limit);
        Receive<ApiRequest>(request =>
        {
            var number = ++_last;
            _waiting[number] = (Sender, request.Tag);
            Timers.StartSingleTimer(number, new Late(number), _limit);
            _writer.Tell(request with { Tag = number });
        });
        Receive<ApiReply>(reply => reply.Tag is long number && Answer(number, tag => reply with { Tag = tag }));
        Receive<Late>(late => Answer(late.Number, tag => new Failed(tag, Refusals.StorageUnavailable("the writer of Services does not answer"))));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The way to this writer.</summary>
    /// <param name="writer">The singleton, or a proxy of it.</param>
    /// <param name="settings">They say how long to wait.</param>
    public static Props Props(IActorRef writer, ApiServerSettings settings) => Akka.Actor.Props.Create(() => new ServiceWriterGateway(writer, settings.ServiceWriterTimeout));

    private bool Answer(long number, Func<object?, ApiReply> reply)
    {
        if (!_waiting.Remove(number, out var waiting)) return true;
        Timers.Cancel(number);
        waiting.Client.Tell(reply(waiting.Tag));
        return true;
    }
}
