using System.Globalization;
using Akka.Actor;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Http;

/// <summary>Streams a container's log as plain text.</summary>
internal sealed class LogHandler(ApiGateway gateway)
{
    public async Task Handle(ResourceCall call)
    {
        var request = call.Request;
        var read = new ReadLog(call.Target.Name!)
        {
            User = call.User,
            Namespace = call.Target.Namespace,
            Container = RequestOptions.Text(request, "container"),
            Follow = RequestOptions.Flag(request, "follow"),
            Previous = RequestOptions.Flag(request, "previous"),
            Timestamps = RequestOptions.Flag(request, "timestamps"),
            TailLines = NotNegative(request, "tailLines", 0),
            LimitBytes = NotNegative(request, "limitBytes", 1),
            SinceSeconds = NotNegative(request, "sinceSeconds", 1),
            SinceTime = RequestOptions.Text(request, "sinceTime") is { } since && DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null,
        };
        var opened = await gateway.Streams.Ask<ClientStreams.Opened>(new ClientStreams.Open(read), gateway.Settings.RequestTimeout).ConfigureAwait(false);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, gateway.Stopping, opened.TooSlow);
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
            // The server stops: what was written so far is the answer.
        }
        finally
        {
            opened.Stream.Tell(new ClientStreams.Close());
        }
    }

    private static async Task Stream(ResourceCall call, ClientStreams.Opened opened, CancellationToken over)
    {
        var started = false;
        while (await opened.Replies.WaitToReadAsync(over).ConfigureAwait(false))
        {
            while (opened.Replies.TryRead(out var reply))
            {
                if (reply is Failed failed)
                {
                    if (!started) await Answer.Write(call.Context, failed.Status).ConfigureAwait(false);
                    return;
                }
                if (reply is not LogChunk chunk || (chunk.Bytes.IsEmpty && !chunk.End)) continue;
                if (!started) call.Context.Response.ContentType = "text/plain";
                started = true;
                await call.Context.Response.BodyWriter.WriteAsync(chunk.Bytes, over).ConfigureAwait(false);
                if (chunk.End) return;
            }
        }
    }

    private static long? NotNegative(Microsoft.AspNetCore.Http.HttpRequest request, string name, long least)
    {
        if (RequestOptions.Number(request, name) is not { } number) return null;
        if (number >= least) return number;
        var message = least == 0 ? $"Invalid value: {number}: must be greater than or equal to 0" : $"Invalid value: {number}: must be greater than 0";
        throw new RefusalException(Refusals.Of(
            422, "Invalid", $"PodLogOptions \"\" is invalid: {name}: {message}",
            new Api.Meta.V1.StatusDetails { Kind = "PodLogOptions", Causes = [new Api.Meta.V1.StatusCause { Reason = "FieldValueInvalid", Message = message, Field = name }] }));
    }
}
