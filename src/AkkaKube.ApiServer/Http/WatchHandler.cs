using System.Buffers;
using System.IO.Pipelines;
using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Client.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace AkkaKube.ApiServer.Http;

/// <summary>Streams the events of a watch, one JSON document a line, until the client goes, the time is over, or the server stops.</summary>
internal sealed class WatchHandler(ApiGateway gateway)
{
    private static readonly byte[] Added = "{\"type\":\"ADDED\",\"object\":"u8.ToArray();
    private static readonly byte[] Modified = "{\"type\":\"MODIFIED\",\"object\":"u8.ToArray();
    private static readonly byte[] Deleted = "{\"type\":\"DELETED\",\"object\":"u8.ToArray();
    private static readonly byte[] Bookmarked = "{\"type\":\"BOOKMARK\",\"object\":"u8.ToArray();
    private static readonly byte[] Error = "{\"type\":\"ERROR\",\"object\":"u8.ToArray();
    private static readonly byte[] EndOfEvent = "}\n"u8.ToArray();

    /// <summary>A burst is handed to the connection in pieces, so that a slow client slows this task and not the memory.</summary>
    private const int FlushEvery = 256 * 1024;

    public async Task Handle(ResourceCall call, ListOptions options, string? name)
    {
        var watch = new Watch(call.Type.Resource)
        {
            User = call.User,
            Namespace = call.Target.Namespace,
            Name = name,
            LabelSelector = options.LabelSelector,
            FieldSelector = options.FieldSelector,
            ResourceVersion = options.ResourceVersion,
            SendInitialEvents = options.SendInitialEvents == true,
            AllowBookmarks = options.AllowBookmarks,
            Acknowledge = true,
        };
        var opened = await gateway.Streams.Ask<ClientStreams.Opened>(new ClientStreams.Open(watch), gateway.Settings.RequestTimeout).ConfigureAwait(false);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, gateway.Stopping, opened.TooSlow);
        over.CancelAfter(options.TimeoutSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : gateway.WatchDurations.Next());
        try
        {
            await Stream(call, opened, over.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (opened.TooSlow.IsCancellationRequested)
        {
            call.Context.Abort();
        }
        catch (OperationCanceledException) when (!call.Aborted.IsCancellationRequested)
        {
            // Its time is over: the stream ends as a whole document does.
        }
        finally
        {
            opened.Stream.Tell(new ClientStreams.Close());
        }
    }

    private static async Task Stream(ResourceCall call, ClientStreams.Opened opened, CancellationToken over)
    {
        var response = call.Context.Response;
        var first = await opened.Replies.ReadAsync(over).ConfigureAwait(false);
        if (first is Failed failed)
        {
            await Answer.Write(call.Context, failed.Status).ConfigureAwait(false);
            return;
        }
        response.ContentType = call.Media.As == Transformation.Table ? "application/json;as=Table;v=v1;g=meta.k8s.io" : "application/json";
        call.Context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var writer = response.BodyWriter;
        var frames = new Frames(call, writer);
        frames.Write(first);
        await writer.FlushAsync(over).ConfigureAwait(false);
        while (await opened.Replies.WaitToReadAsync(over).ConfigureAwait(false))
        {
            while (opened.Replies.TryRead(out var reply))
            {
                if (reply is WatchEvents events)
                {
                    foreach (var one in events.Events)
                    {
                        frames.Write(one);
                        if (frames.Unflushed > FlushEvery) await frames.Flush(over).ConfigureAwait(false);
                    }
                }
                else
                {
                    frames.Write(reply);
                }
            }
            await frames.Flush(over).ConfigureAwait(false);
        }
    }

    /// <summary>Writes events in the form that the client asked for.</summary>
    private sealed class Frames(ResourceCall call, PipeWriter writer)
    {
        private bool _columnsSent;

        public int Unflushed { get; private set; }

        public void Write(ApiReply reply)
        {
            switch (reply)
            {
                case WatchEvents events:
                    foreach (var one in events.Events) Write(one);
                    break;
                case WatchEnded ended:
                    Write(Error, ApiJson.Utf8(ended.Status));
                    break;
                case Failed failed:
                    Write(Error, ApiJson.Utf8(failed.Status));
                    break;
            }
        }

        public void Write(WatchEvent one)
        {
            var head = one.Type switch
            {
                WatchEventType.Added => Added,
                WatchEventType.Modified => Modified,
                WatchEventType.Deleted => Deleted,
                _ => Bookmarked,
            };
            var body = call.Media.As switch
            {
                Transformation.Table => TableAnswer.Of(call, one.Type == WatchEventType.Bookmark ? [] : [one.Object], one.Object.ResourceVersion, null, null, withColumns: !_columnsSent),
                Transformation.PartialObjectMetadata => PartialMetadata.Of(one.Object.Json),
                _ => one.Object.Json,
            };
            _columnsSent = true;
            Write(head, body);
        }

        public async ValueTask Flush(CancellationToken over)
        {
            Unflushed = 0;
            await writer.FlushAsync(over).ConfigureAwait(false);
        }

        private void Write(byte[] head, ReadOnlyMemory<byte> body)
        {
            writer.Write(head);
            writer.Write(body.Span);
            writer.Write(EndOfEvent);
            Unflushed += body.Length;
        }
    }
}
