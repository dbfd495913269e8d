using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Palettes;
using Microsoft.AspNetCore.Http;

namespace AkkaKube.Console.Port;

/// <summary>Answers the requests of the management port.</summary>
internal sealed class PortHandler(string token, IActorRef console)
{
    // A client may fall so many parts of a stream behind.
    private const int Behind = 10_000;
    private readonly byte[] _expected = Encoding.UTF8.GetBytes("Bearer " + token);
    private long _lastId;

    public async Task Answer(HttpContext context)
    {
        try
        {
            await Route(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody is there to be told.
        }
        catch (BadHttpRequestException fault) when (!context.Response.HasStarted)
        {
            var what = fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? $"the command is longer than {ManagementPort.LongestCommand} bytes" : fault.Message;
            await Write(context, fault.StatusCode, new Document.Failure(FailureCode.BadRequest, what)).ConfigureAwait(false);
        }
    }

    private async Task Route(HttpContext context)
    {
        var shown = Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString());
        if (!CryptographicOperations.FixedTimeEquals(shown, _expected))
        {
            await Write(context, new Document.Failure(FailureCode.Unauthorized, "the token is missing or wrong; it is in the file 'token' of the host's data directory")).ConfigureAwait(false);
            return;
        }

        var path = context.Request.Path.Value ?? "";
        switch (context.Request.Method, path)
        {
            case ("POST", "/run"):
                await Run(context).ConfigureAwait(false);
                break;
            case ("GET", "/commands"):
                context.Response.ContentType = "application/json";
                await context.Response.Body.WriteAsync(DeclarationJson.Write(AllCommands.List), context.RequestAborted).ConfigureAwait(false);
                break;
            case ("GET", _) when path.StartsWith("/names/", StringComparison.Ordinal):
                await Run(context, ["console", "names", path["/names/".Length..]]).ConfigureAwait(false);
                break;
            default:
                await Write(context, StatusCodes.Status404NotFound, new Document.Failure(FailureCode.BadRequest, $"there is no {context.Request.Method} {path}; there are POST /run, GET /commands, GET /names/KIND")).ConfigureAwait(false);
                break;
        }
    }

    private async Task Run(HttpContext context)
    {
        string[]? words;
        try
        {
            words = await JsonSerializer.DeserializeAsync<string[]>(context.Request.Body, JsonSerializerOptions.Default, context.RequestAborted).ConfigureAwait(false);
        }
        catch (JsonException fault)
        {
            await Write(context, new Document.Failure(FailureCode.BadRequest, $"the body must be a JSON list of words such as [\"kube\",\"nodes\"]: {fault.Message}")).ConfigureAwait(false);
            return;
        }

        if (words is null || words.Contains(null)) await Write(context, new Document.Failure(FailureCode.BadRequest, "the body must be a JSON list of words, none of them null")).ConfigureAwait(false);
        else await Run(context, words).ConfigureAwait(false);
    }

    private async Task Run(HttpContext context, string[] words)
    {
        var (command, _, fault) = CommandParser.Check(AllCommands.List, words);
        if (fault is not null)
        {
            await Write(context, fault).ConfigureAwait(false);
            return;
        }

        var streams = command!.Streams;
        var answers = Channel.CreateBounded<Document>(new BoundedChannelOptions(streams ? Behind : 1) { SingleReader = true, AllowSynchronousContinuations = false });
        var id = Interlocked.Increment(ref _lastId);
        console.Tell(new ConsoleActor.Begin(id, words, answers.Writer), ActorRefs.NoSender);
        try
        {
            if (streams) await Stream(context, answers.Reader).ConfigureAwait(false);
            else await Write(context, await answers.Reader.ReadAsync(context.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            await Write(context, new Document.Failure(FailureCode.Failed, "the command ended without an answer")).ConfigureAwait(false);
        }
        finally
        {
            if (context.RequestAborted.IsCancellationRequested) console.Tell(new ConsoleActor.Leave(id), ActorRefs.NoSender);
        }
    }

    private static async Task Stream(HttpContext context, ChannelReader<Document> answers)
    {
        context.Response.ContentType = "application/x-ndjson";

        // The client knows at once that it was understood, although nothing may happen for long.
        await context.Response.StartAsync(context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        while (await answers.WaitToReadAsync(context.RequestAborted).ConfigureAwait(false))
        {
            while (answers.TryRead(out var part))
            {
                await context.Response.Body.WriteAsync(DocumentJson.Write(part), context.RequestAborted).ConfigureAwait(false);
                await context.Response.Body.WriteAsync("\n"u8.ToArray(), context.RequestAborted).ConfigureAwait(false);
            }

            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static Task Write(HttpContext context, Document document) => Write(context, StatusOf(document), document);

    private static async Task Write(HttpContext context, int status, Document document)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(DocumentJson.Write(document), context.RequestAborted).ConfigureAwait(false);
    }

    private static int StatusOf(Document document) => document is not Document.Failure failure ? StatusCodes.Status200OK : failure.Code switch
    {
        FailureCode.Unauthorized => StatusCodes.Status401Unauthorized,
        FailureCode.Usage or FailureCode.BadRequest => StatusCodes.Status400BadRequest,
        FailureCode.NotFound => StatusCodes.Status404NotFound,
        FailureCode.Timeout => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
