using System.Globalization;
using System.Text;
using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Client.Requests;
using AkkaKube.History;
using Get = AkkaKube.Client.Requests.Get;

namespace AkkaKube.Simulation.Tests.Hosts;

/// <summary>
/// A client that creates, updates, gets and lists keys through one server after another, and records what it sees. It waits for an answer only so
/// long; what it does not hear of is of unknown outcome.
/// </summary>
internal sealed class HistoryClient : ReceiveActor, IWithTimers
{
    /// <summary>No more requests; answers that are under way still count.</summary>
    public sealed record Stop;

    private sealed record Next;

    private sealed record GiveUp(int Request);

    private static readonly UserInfo Admin = new("kubernetes-admin", ["system:masters"]);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Func<int, IActorRef> _servers;
    private readonly HistoryBook _book;
    private readonly string _name;
    private readonly Random _random;
    private readonly int _keys;
    private Func<long, ApiReply?, Operation?>? _pending;
    private int _request;
    private int _server;
    private bool _stopped;

    public HistoryClient(Func<int, IActorRef> servers, HistoryBook book, string name, int seed, int keys)
    {
        (_servers, _book, _name, _random, _keys) = (servers, book, name, new Random(seed), keys);
        _server = seed;
        Receive<Next>(_ => Begin());
        Receive<ApiReply>(reply => { if (Equals(reply.Tag, _request)) End(reply); });
        Receive<GiveUp>(late => { if (late.Request == _request) End(null); });
        Receive<Stop>(_ => _stopped = true);
    }

    public static Props Props(Func<int, IActorRef> servers, HistoryBook book, string name, int seed, int keys) => Akka.Actor.Props.Create(() => new HistoryClient(servers, book, name, seed, keys));

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartSingleTimer(nameof(Next), new Next(), TimeSpan.FromMilliseconds(_random.Next(100)));

    private long Now => Context.System.Scheduler.MonotonicClock.Ticks;

    private void Begin()
    {
        if (_stopped) return;
        var key = $"k{_random.Next(_keys)}";
        if (_random.Next(6) == 0) List();
        else Read(key, update: _random.Next(3) > 0);
    }

    private void Read(string key, bool update)
    {
        var invoked = Now;
        Send(new Get(GroupVersionResource.ConfigMaps, key) { User = Admin, Namespace = "default", Tag = ++_request }, (returned, reply) =>
        {
            switch (reply)
            {
                case Succeeded { Object: var found }:
                    if (update) Put(key, found.ResourceVersion);
                    return new History.Get(invoked, returned, key, HeldOf(found));
                case Failed { Status.Code: 404 }:
                    if (update) Put(key, null);
                    return new History.Get(invoked, returned, key, null);
                default:
                    _server++;
                    return null;
            }
        });
    }

    private void Put(string key, long? expected)
    {
        var (invoked, value) = (Now, $"{_name}-{_request}");
        var version = expected?.ToString(CultureInfo.InvariantCulture) ?? "";
        var body = ObjectBody.Json(Encoding.UTF8.GetBytes($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{key}}}","resourceVersion":"{{{version}}}"},"data":{"value":"{{{value}}}"}}"""));
        _request++;
        ApiRequest write = expected is null
            ? new Create(GroupVersionResource.ConfigMaps, body) { User = Admin, Namespace = "default", Tag = _request }
            : new Update(GroupVersionResource.ConfigMaps, key, body) { User = Admin, Namespace = "default", Tag = _request };
        Send(write, (returned, reply) =>
        {
            switch (reply)
            {
                case Succeeded { Object: var stored }: return new Write(invoked, returned, key, value, expected, Outcome.Acknowledged, stored.ResourceVersion);
                case Failed { Status.Code: 409 }: return new Write(invoked, returned, key, value, expected, Outcome.Refused, 0);
                default:
                    _server++;
                    return new Write(invoked, long.MaxValue, key, value, expected, Outcome.Unknown, 0);
            }
        });
    }

    private void List()
    {
        var invoked = Now;
        Send(new List(GroupVersionResource.ConfigMaps) { User = Admin, Namespace = "default", Tag = ++_request }, (returned, reply) =>
        {
            if (reply is Listed list) return new Listing(invoked, returned, list.ResourceVersion, HistoryBook.ItemsOf(list));
            _server++;
            return null;
        });
    }

    private void Send(ApiRequest request, Func<long, ApiReply?, Operation?> record)
    {
        _pending = record;
        _servers(_server).Tell(request);
        Timers.StartSingleTimer(nameof(GiveUp), new GiveUp(_request), Patience);
    }

    private void End(ApiReply? reply)
    {
        if (_pending is not { } record) return;
        _pending = null;
        Timers.Cancel(nameof(GiveUp));
        if (record(Now, reply) is { } operation) _book.Add(operation);
        if (_pending is null) Timers.StartSingleTimer(nameof(Next), new Next(), TimeSpan.FromMilliseconds(_random.Next(1, 40)));
    }

    private static Held HeldOf(ApiObject found) => new(found.ResourceVersion, HistoryBook.ValueOf(found));
}
