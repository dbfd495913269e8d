using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Faults;
using AkkaKube.Console.Hosts;
using AkkaKube.Console.Port;
using AkkaKube.Tests;

namespace AkkaKube.Console.Tests;

/// <summary>A console at /user/console, with what a test gives it in the place of a host.</summary>
public abstract class ConsoleKit(string config = "") : TestKit(ReferenceConf.Patience + "akka.loglevel = WARNING\nakka.stdout-loglevel = OFF\nakka.actor.guardian-supervisor-strategy = \"AkkaKube.Console.Faults.RestartAlways, AkkaKube.Console\"\n" + config)
{
    protected static ConsoleSettings Settings { get; } = ConsoleSettings.From(ReferenceConf.With()) with { Port = 0 };

    internal ConsoleServices Services { get; } = new() { Settings = Settings };

    internal IActorRef Console(ConsoleServices? services = null) => Sys.ActorOf(ConsoleActor.Props(services ?? Services), "console");

    internal Document Run(IActorRef console, params string[] words)
    {
        console.Tell(new ConsoleActor.Run([.. words]), TestActor);
        return ExpectMsg<ConsoleActor.Ran>(TimeSpan.FromSeconds(20)).Answer;
    }

    /// <summary>Waits for the one command that goes on, until it listens to what it shows.</summary>
    internal void AwaitStream(IActorRef console)
    {
        var path = "";
        AwaitAssert(() => path = GoingOn(console).ShouldHaveSingleItem(), TimeSpan.FromSeconds(20));
        // What answers has been made, and it subscribes when it is made.
        Sys.ActorSelection(path).Tell(new Identify(path), TestActor);
        ExpectMsg<ActorIdentity>().Subject.ShouldNotBeNull();
    }

    /// <summary>The commands that are there at two looks: those that look are commands themselves.</summary>
    internal IReadOnlyList<string> GoingOn(IActorRef console)
    {
        return [.. Commands().Intersect(Commands())];

        IEnumerable<string> Commands() => Text(Run(console, "actor", "hierarchy", "/user/console")).Split('\n').Where(path => path.Contains('$', StringComparison.Ordinal)).ToList();
    }

    internal static Document.Failure Failure(Document answer) => answer.ShouldBeOfType<Document.Failure>();

    internal static string Text(Document answer) => answer switch
    {
        Document.Text text => text.Value,
        Document.Done done => done.Message,
        Document.Failure failure => throw new InvalidOperationException(failure.Message),
        _ => throw new InvalidOperationException("a table"),
    };

    internal static IReadOnlyList<IReadOnlyList<string?>> Rows(Document answer) => [.. answer.ShouldBeOfType<Document.Table>().Rows.Select(r => (IReadOnlyList<string?>)[.. r.Select(c => c.Text)])];

    /// <summary>A child of /user that does nothing, with children by name.</summary>
    internal IActorRef Family(string name, params string[] children)
    {
        var parent = Sys.ActorOf(Props.Create(() => new Parent(children)), name);
        parent.Tell("are they there?", TestActor);
        ExpectMsg("yes");
        return parent;
    }

    internal sealed class Parent : ReceiveActor
    {
        public Parent(string[] children)
        {
            foreach (var child in children) Context.ActorOf(Props.Create(() => new Echo()), child);
            Receive<string>(_ => Sender.Tell("yes"));
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);
    }

    internal sealed class Echo : ReceiveActor
    {
        private int _count;

        public Echo() => Receive<string>(message => Sender.Tell($"{message} {++_count}"));
    }

    /// <summary>Notes what it was asked to break and to heal.</summary>
    internal sealed class NotedFaults : IFaults
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Notes { get; } = [];

        public string? Refusal { get; init; }

        public Task Apply(Fault fault)
        {
            if (Refusal is not null) return Task.FromException(new FaultException(Refusal));
            Notes.Enqueue($"apply {fault}");
            return Task.CompletedTask;
        }

        public Task Heal(Fault fault)
        {
            Notes.Enqueue($"heal {fault}");
            return Task.CompletedTask;
        }
    }

    /// <summary>Notes that it was to be killed or frozen.</summary>
    internal sealed class NotedProcess(IActorRef listener) : IHostProcess
    {
        public void Kill() => listener.Tell("killed", ActorRefs.NoSender);

        public void Freeze(TimeSpan time) => listener.Tell($"frozen for {WordSyntax.Write(time)}", ActorRefs.NoSender);
    }

    /// <summary>Hosts that are probes or actors of the test.</summary>
    internal sealed class FakeHosts(string self, params (string Name, IActorRef Console)[] hosts) : IHosts
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Notes { get; } = [];

        public HashSet<string> Unreachable { get; } = [];

        public IActorRef? Listener { get; private set; }

        public string Self => self;

        public bool IsCluster => true;

        public IReadOnlyList<HostEntry> All(ActorSystem system) =>
            [.. hosts.Select((h, i) => new HostEntry(h.Name, new Address("akka.ssl.tcp", "akkakube", "10.0.0." + (i + 1), 7100), "Up", ["host-" + h.Name]) { IsSelf = h.Name == self, IsLeader = i == 0, IsReachable = !Unreachable.Contains(h.Name) })];

        public ICanTell ConsoleOf(ActorSystem system, HostEntry host) => host.IsSelf ? system.ActorSelection("/user/console") : hosts.Single(h => h.Name == host.Name).Console;

        public IReadOnlyList<string> EntityTypes(ActorSystem system) => ["etcd", "kubelet"];

        public IActorRef? RegionOf(ActorSystem system, string type) => null;

        public void Join(ActorSystem system, Address member) => Notes.Enqueue($"join {member}");

        public void Leave(ActorSystem system, HostEntry member) => Notes.Enqueue($"leave {member.Name}");

        public void Down(ActorSystem system, HostEntry member) => Notes.Enqueue($"down {member.Name}");

        public void Follow(ActorSystem system, IActorRef listener) => Listener = listener;

        public string? Describe(object message) => message as string;
    }
}

/// <summary>A management port over a console, with its token.</summary>
internal sealed class OpenPort : IAsyncDisposable
{
    private readonly ManagementPort _port;

    private OpenPort(ManagementPort port, string folder) => (_port, Folder) = (port, folder);

    public string Folder { get; }

    public string Token => File.ReadAllText(Path.Combine(Folder, "token"));

    public IPEndPoint Address => _port.Address;

    public Uri Url(string path) => new($"http://{_port.Address}{path}");

    public static async Task<OpenPort> Over(IActorRef console, int wanted = 0)
    {
        var folder = Directory.CreateTempSubdirectory("akkakube-console-").FullName;
        var settings = ConsoleSettings.From(ReferenceConf.With()) with { Port = wanted };
        var port = await ManagementPort.Start(settings, Path.Combine(folder, "token"), console);
        await File.WriteAllTextAsync(Path.Combine(folder, "host.json"), $$"""{"pid":1,"api":"https://127.0.0.1:6443","console":"{{port.Address}}"}""");
        return new OpenPort(port, folder);
    }

    public async Task<(int Status, string Body)> Post(HttpContent content, string? token = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, Url("/run")) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Token);
        using var reply = await http.SendAsync(request);
        return ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync());
    }

    public Task<(int Status, string Body)> Run(params string[] words) => Post(JsonContent.Create(words));

    public async ValueTask DisposeAsync()
    {
        await _port.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
