using Akka.Actor;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Services;

/// <summary>
/// The way of an API server to the <see cref="ServiceWriter"/>, wherever that is. Tags stay on this host: a number goes instead. When the
/// writer is gone, what it has not answered is answered as not available, and so is what nobody answers in time; whether it was done is then unknown.
/// </summary>
public sealed class ServiceWriterGateway : ReceiveActor, IWithTimers
{
    private sealed record Late(long Number);

    private sealed record Look
    {
        public static readonly Look Instance = new();
    }

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly IActorRef _writer;
    private readonly TimeSpan _limit;
    private readonly Dictionary<long, (IActorRef Client, object? Tag)> _waiting = [];
    private long _last;
    private IActorRef? _known;

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
        Receive<ServiceWriter.Here>(_ => Know(Sender));
        Receive<Terminated>(gone => Lose(gone.ActorRef));
        Receive<Look>(_ =>
        {
            if (_known is null) _writer.Tell(ServiceWriter.WhoIsThere.Instance);
        });
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The way to this writer.</summary>
    /// <param name="writer">The singleton, or a proxy of it.</param>
    /// <param name="settings">They say how long to wait.</param>
    public static Props Props(IActorRef writer, ApiServerSettings settings) => Akka.Actor.Props.Create(() => new ServiceWriterGateway(writer, settings.ServiceWriterTimeout));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Self.Tell(Look.Instance);
        Timers.StartPeriodicTimer(nameof(Look), Look.Instance, LookInterval);
    }

    private void Know(IActorRef writer)
    {
        if (writer.Equals(_known)) return;
        if (_known is not null) Context.Unwatch(_known);
        _known = Context.Watch(writer);
    }

    // What was sent to the next writer meanwhile is given up with the rest: it cannot be told apart here.
    private void Lose(IActorRef writer)
    {
        if (!writer.Equals(_known)) return;
        _known = null;
        foreach (var number in _waiting.Keys.ToList()) Answer(number, tag => new Failed(tag, Refusals.StorageUnavailable("the writer of Services is gone; another one begins")));
        Self.Tell(Look.Instance);
    }

    private bool Answer(long number, Func<object?, ApiReply> reply)
    {
        if (!_waiting.Remove(number, out var waiting)) return true;
        Timers.Cancel(number);
        waiting.Client.Tell(reply(waiting.Tag));
        return true;
    }
}
