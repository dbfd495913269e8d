using System.Threading.Channels;
using Akka.Actor;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Http;

/// <summary>The watches and logs that HTTP clients follow: a child for each, which ends when its client does.</summary>
internal sealed class ClientStreams : ReceiveActor
{
    /// <summary>Sends a request whose replies go on. Reply: <see cref="Opened"/>.</summary>
    public sealed record Open(ApiRequest Request);

    /// <summary>The replies as they come, until the client is told off: it read too slowly. That it is done is told by <see cref="Close"/> to the stream.</summary>
    public sealed record Opened(IActorRef Stream, ChannelReader<ApiReply> Replies, CancellationToken TooSlow);

    /// <summary>The client is gone or has enough.</summary>
    public sealed record Close;

    public ClientStreams(IActorRef apiServer, ApiServerSettings settings) => Receive<Open>(open =>
    {
        var replies = Channel.CreateBounded<ApiReply>(new BoundedChannelOptions(settings.WatchBuffer) { SingleReader = true, SingleWriter = true });
        var tooSlow = new CancellationTokenSource();
        var stream = Context.ActorOf(Akka.Actor.Props.Create(() => new Stream(apiServer, open.Request, replies.Writer, tooSlow)));
        Sender.Tell(new Opened(stream, replies.Reader, tooSlow.Token));
    });

    public static Props Props(IActorRef apiServer, ApiServerSettings settings) => Akka.Actor.Props.Create(() => new ClientStreams(apiServer, settings));

    /// <summary>Hands replies to the task that writes them; a client that falls too far behind loses its stream, and nobody else notices.</summary>
    private sealed class Stream : ReceiveActor
    {
        private readonly IActorRef _apiServer;
        private readonly ApiRequest _request;
        private readonly ChannelWriter<ApiReply> _replies;
        private readonly CancellationTokenSource _tooSlow;

        public Stream(IActorRef apiServer, ApiRequest request, ChannelWriter<ApiReply> replies, CancellationTokenSource tooSlow)
        {
            _tooSlow = tooSlow;
            _apiServer = apiServer;
            _request = request;
            _replies = replies;
            Receive<ApiReply>(On);
            Receive<Close>(_ => Context.Stop(Self));
        }

        protected override void PreStart() => _apiServer.Tell(_request, Self);

        protected override void PostStop() => _replies.TryComplete();

        private void On(ApiReply reply)
        {
            if (!_replies.TryWrite(reply))
            {
                _tooSlow.Cancel();
                Context.Stop(Self);
            }
            else if (reply is WatchEnded or Failed or LogChunk { End: true })
            {
                Context.Stop(Self);
            }
        }
    }
}
