using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using AkkaKube.Benchmarks.Report;

namespace AkkaKube.Benchmarks.Remote;

/// <summary>Messages between two processes of this machine over loopback with mutual TLS.</summary>
public sealed class RemoteScenario : IScenario
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public string Name => "remote";

    public async Task<IReadOnlyList<Row>> Measure(int runs)
    {
        var folder = Directory.CreateTempSubdirectory("akkakube-remote-").FullName;
        var settings = RemoteSystem.WriteCertificates(folder);
        using var other = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. HostArguments(), RemoteSystem.Command, folder]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        var system = RemoteSystem.Start(settings);
        try
        {
            var address = await other.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The other process has not started.");
            var echoes = new List<IActorRef>();
            for (var i = 0; i < 4; i++) echoes.Add(await system.ActorSelection($"{address}/user/echo-{i}").ResolveOne(Patience));
            await PingPong(system, echoes, 1, inFlight: 1, messages: 40_000);
            await PingPong(system, echoes, 4, inFlight: 100, messages: 1_000_000);
            var one = new List<double>();
            var many = new List<double>();
            for (var run = 0; run < runs; run++)
            {
                one.Add(await PingPong(system, echoes, 1, inFlight: 1, messages: 100_000) / 1e3);
                many.Add(await PingPong(system, echoes, 4, inFlight: 100, messages: 4_000_000) / 1e3);
            }

            return
            [
                new Row("remote ping-pong, 1 message in flight, TLS", "k msg/s", one, "40", "25 (Akka.NET)"),
                new Row("remote ping-pong, 4 pairs, 100 in flight each, TLS", "k msg/s", many, "1,000", "290 (Akka.NET)"),
            ];
        }
        finally
        {
            other.StandardInput.Close();
            await system.Terminate();
            await other.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> HostArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(RemoteScenario).Assembly.Location] : [];

    private static async Task<double> PingPong(ActorSystem system, List<IActorRef> echoes, int pairs, int inFlight, int messages)
    {
        var each = messages / 2 / pairs;
        var watch = Stopwatch.StartNew();
        var all = new List<Task>();
        var players = new List<IActorRef>();
        for (var i = 0; i < pairs; i++)
        {
            var done = new TaskCompletionSource();
            var echo = echoes[i];
            players.Add(system.ActorOf(Props.Create(() => new Player(echo, each, inFlight, done))));
            all.Add(done.Task);
        }

        await Task.WhenAll(all).WaitAsync(Patience);
        var rate = messages / watch.Elapsed.TotalSeconds;
        foreach (var player in players) system.Stop(player);
        return rate;
    }

    private sealed class Player : UntypedActor
    {
        private readonly IActorRef _echo;
        private readonly TaskCompletionSource _done;
        private readonly int _messages;
        private int _sent;
        private int _received;

        public Player(IActorRef echo, int messages, int inFlight, TaskCompletionSource done)
        {
            _echo = echo;
            _done = done;
            _messages = messages;
            for (; _sent < inFlight; _sent++) echo.Tell("hit", Self);
        }

        protected override void OnReceive(object message)
        {
            if (++_received == _messages) _done.SetResult();
            if (_sent >= _messages) return;
            _sent++;
            _echo.Tell(message, Self);
        }
    }
}
