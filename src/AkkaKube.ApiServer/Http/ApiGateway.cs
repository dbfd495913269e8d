using Akka.Actor;
using Akka.Event;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Http;

/// <summary>What the handlers of requests share: the way to the API server.</summary>
internal sealed record ApiGateway(IActorRef ApiServer, IActorRef Streams, ApiServerSettings Settings, WatchDurations WatchDurations, ITimeProvider Time, ILoggingAdapter Log, CancellationToken Stopping)
{
    /// <summary>Why this host cannot serve now; null where it can.</summary>
    public Func<string?> Hindrance { get; init; } = () => null;

    /// <summary>Whether there is anything beside the process itself that could hinder it.</summary>
    public bool InCluster { get; init; }

    public async Task<ApiReply> Ask(ApiRequest request, CancellationToken aborted)
    {
        try
        {
            return await ApiServer.Ask<ApiReply>(request, Settings.RequestTimeout, aborted).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            return new Failed(request.Tag, Refusals.RequestTimedOut());
        }
    }
}
