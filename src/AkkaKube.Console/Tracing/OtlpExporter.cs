using System.Net.Http.Headers;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using AkkaKube.Client.Tracing;

namespace AkkaKube.Console.Tracing;

/// <summary>Sends the flow log to an OpenTelemetry collector, as long as it answers; what it misses meanwhile and the ring forgets is not sent.</summary>
internal sealed class OtlpExporter : ReceiveActor, IWithTimers
{
    public const string Name = "otlp";
    private readonly FlowLog _flow = FlowLog.Of(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly TimeSpan _interval;
    private long _sent;
    private bool _sending;
    private bool _hasFailed;

    public OtlpExporter(string host, TimeSpan interval, Func<byte[], Task> send)
    {
        Receive<Tick>(_ =>
        {
            var (end, spans) = (_flow.Written, _flow.From(_sent));
            if (_sending || spans.Count == 0) return;
            _sending = true;
            send(OtlpJson.Write(host, spans)).PipeTo(Self, Self, () => new Sent(end), failure => new NotSent(failure));
        });
        Receive<Sent>(sent => (_sent, _sending, _hasFailed) = (sent.End, false, false));
        Receive<NotSent>(failed =>
        {
            if (!_hasFailed) _log.Warning(failed.Failure, "The spans of flows cannot be sent; it is tried on");
            (_sending, _hasFailed) = (false, true);
        });
        _interval = interval;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The exporter that the settings ask for; null: none.</summary>
    public static Props? Props(Config config, string host)
    {
        if (config.GetString("akkakube.tracing.otlp-endpoint", "") is not { Length: > 0 } endpoint) return null;
        var url = new Uri(endpoint.TrimEnd('/') + "/v1/traces");
        return Props(host, config.GetTimeSpan("akkakube.tracing.otlp-interval"), body => Post(url, body));
    }

    public static Props Props(string host, TimeSpan interval, Func<byte[], Task> send) => Akka.Actor.Props.Create(() => new OtlpExporter(host, interval, send));

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Tick), new Tick(), _interval);

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    private static async Task Post(Uri url, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var reply = await Http.PostAsync(url, content).ConfigureAwait(false);
        reply.EnsureSuccessStatusCode();
    }

    private sealed record Tick;

    private sealed record Sent(long End);

    private sealed record NotSent(Exception Failure);
}
