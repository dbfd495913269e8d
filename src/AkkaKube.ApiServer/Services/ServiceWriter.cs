using Akka.Actor;
using AkkaKube.ApiServer.Operations;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Services;

/// <summary>
/// Writes all Services of a cluster of many hosts, on one of them (a singleton), so that no address is given twice. It works with the storage as the
/// API server of its host reaches it, and begins by reading what is taken.
/// </summary>
public sealed class ServiceWriter : ReceiveActor, IWithStash, IWithTimers
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly TimeSpan _finishLimit;

    /// <summary>
    /// Ends it after the writes that it has begun, and after 2 s in any case: on a host that goes the storage may have gone before. Who waits for
    /// such a write hears that its outcome is not known.
    /// </summary>
    public sealed record Finish
    {
        /// <summary>The only one.</summary>
        public static readonly Finish Instance = new();
    }

    /// <summary>Asks which writer it is that requests reach now. Reply, from the writer itself: <see cref="Here"/>.</summary>
    public sealed record WhoIsThere
    {
        /// <summary>The only one.</summary>
        public static readonly WhoIsThere Instance = new();
    }

    /// <summary>The sender is the writer.</summary>
    public sealed record Here
    {
        /// <summary>The only one.</summary>
        public static readonly Here Instance = new();
    }

    /// <summary>The writer of the host whose API server this is.</summary>
    /// <param name="apiServer">The API server.</param>
    /// <param name="finishLimit">How long <see cref="Finish"/> waits for the writes that it has begun.</param>
    public ServiceWriter(IActorRef apiServer, TimeSpan finishLimit)
    {
        _finishLimit = finishLimit;
        apiServer.Tell(new ApiServerActor.GetServiceWorker());
        Receive<ApiServerActor.ServiceWorker>(found =>
        {
            var worker = Context.ActorOf(found.Props, "worker");
            Context.Watch(worker);
            Become(() => Working(worker));
            Stash.UnstashAll();
        });
        Receive<WhoIsThere>(_ => Sender.Tell(Here.Instance));
        Receive<Finish>(_ => Context.Stop(Self));
        ReceiveAny(_ => Stash.Stash());
    }

    /// <inheritdoc/>
    public IStash Stash { get; set; } = null!;

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The writer of the host whose API server this is.</summary>
    public static Props Props(IActorRef apiServer) => Props(apiServer, Limit);

    /// <summary>The same, which waits for what it has begun as long as is said.</summary>
    internal static Props Props(IActorRef apiServer, TimeSpan finishLimit) => Akka.Actor.Props.Create(() => new ServiceWriter(apiServer, finishLimit));

    private void Working(IActorRef worker)
    {
        Receive<WhoIsThere>(_ => Sender.Tell(Here.Instance));
        Receive<Finish>(finish =>
        {
            worker.Tell(new RequestWorker.Finish());
            Timers.StartSingleTimer(finish, PoisonPill.Instance, _finishLimit);
        });
        Receive<Terminated>(_ => Context.Stop(Self));
        Receive<ApiRequest>(request => worker.Forward(request));
    }
}
