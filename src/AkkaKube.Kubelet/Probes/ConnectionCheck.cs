using System.Globalization;
using System.Text;
using Akka.Actor;
using AkkaKube.Fabric;

namespace AkkaKube.Kubelet.Probes;

/// <summary>
/// Checks one address over the fabric, once: that somebody listens there (tcpSocket), or what an HTTP server answers (httpGet).
/// Tells who wants to know <see cref="Checked"/>, and stops.
/// </summary>
internal sealed class ConnectionCheck : ReceiveActor, IWithTimers
{
    /// <summary>The outcome; the text is what an Unhealthy event says after "probe failed: ".</summary>
    public sealed record Checked(bool Success, string Output, object Tag);

    /// <summary>What to check.</summary>
    /// <param name="SourceIp">The node's address.</param>
    /// <param name="Target">Whom to connect to.</param>
    /// <param name="Http">The request; null for a bare connection.</param>
    /// <param name="Timeout">When to give up.</param>
    /// <param name="Tag">Comes back.</param>
    public sealed record Check(string SourceIp, SocketAddress Target, HttpRequest? Http, TimeSpan Timeout, object Tag);

    /// <summary>A GET request.</summary>
    public sealed record HttpRequest(string Scheme, string Host, string Path, IReadOnlyList<KeyValuePair<string, string>> Headers);

    private sealed record GiveUp
    {
        public static readonly GiveUp Instance = new();
    }

    // Only this much of an answer is read; the status line is all that counts.
    private const int MaxAnswer = 10 * 1024;
    private readonly Check _check;
    private readonly IActorRef _fabric;
    private readonly IActorRef _asker;
    private readonly StringBuilder _answer = new();
    private FabricStream? _stream;

    private ConnectionCheck(Check check, IActorRef fabric, IActorRef asker)
    {
        (_check, _fabric, _asker) = (check, fabric, asker);
        Receive<FabricActor.Connected>(On);
        Receive<FabricActor.Refused>(_ => End(false, $"dial tcp {check.Target}: connect: connection refused"));
        Receive<FabricActor.TimedOut>(_ => End(false, Late));
        Receive<Connection.Segment>(On);
        Receive<GiveUp>(_ => End(false, Late));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(Check check, IActorRef fabric, IActorRef asker) => Akka.Actor.Props.Create(() => new ConnectionCheck(check, fabric, asker));

    protected override void PreStart()
    {
        Timers.StartSingleTimer(nameof(GiveUp), GiveUp.Instance, _check.Timeout);
        _fabric.Tell(new FabricActor.Connect(_check.SourceIp, _check.Target) { Timeout = _check.Timeout });
    }

    protected override void PostStop() => _stream?.Reset();

    private string Late => _check.Http is null ? $"dial tcp {_check.Target}: i/o timeout" : "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";

    private void On(FabricActor.Connected connected)
    {
        _stream = new FabricStream(connected.Connection, Self, _fabric);
        if (_check.Http is not { } http)
        {
            End(true, "");
            return;
        }
        var request = new StringBuilder().Append(CultureInfo.InvariantCulture, $"GET {http.Path} HTTP/1.1\r\n");
        var headers = http.Headers.ToLookup(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase);
        request.Append("Host: ").Append(headers["Host"].FirstOrDefault() ?? http.Host).Append("\r\n");
        if (!headers.Contains("User-Agent")) request.Append("User-Agent: kube-probe/1.36\r\n");
        if (!headers.Contains("Accept")) request.Append("Accept: */*\r\n");
        foreach (var (name, value) in http.Headers)
            if (!name.Equals("Host", StringComparison.OrdinalIgnoreCase)) request.Append(name).Append(": ").Append(value).Append("\r\n");
        _stream.Write(Encoding.ASCII.GetBytes(request.Append("Connection: close\r\n\r\n").ToString()));
    }

    private void On(Connection.Segment segment)
    {
        switch (_stream?.Handle(segment))
        {
            case StreamEvent.Received:
                while (_stream!.Available > 0) _answer.Append(Encoding.ASCII.GetString(_stream.Take().Span));
                if (_answer.ToString().IndexOf("\r\n", StringComparison.Ordinal) > 0 || _answer.Length > MaxAnswer) Judge();
                break;
            case StreamEvent.Finished or StreamEvent.Reset:
                Judge();
                break;
        }
    }

    private void Judge()
    {
        var parts = _answer.ToString().Split("\r\n", 2)[0].Split(' ', 3);
        if (parts.Length < 2 || !parts[0].StartsWith("HTTP/", StringComparison.Ordinal) || !int.TryParse(parts[1], out var code))
            End(false, _answer.Length == 0 ? "EOF" : $"net/http: HTTP/1.x transport connection broken: malformed HTTP response \"{_answer.ToString().Split('\n')[0].TrimEnd()}\"");
        else if (code is >= 200 and < 400) End(true, "");
        else Answer(false, $"HTTP probe failed with statuscode: {code}");
    }

    private void End(bool success, string output) =>
        Answer(success, success || _check.Http is not { } http ? output : $"Get \"{http.Scheme.ToLowerInvariant()}://{_check.Target}{http.Path}\": {output}");

    private void Answer(bool success, string output)
    {
        _asker.Tell(new Checked(success, output, _check.Tag));
        Context.Stop(Self);
    }
}
