using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Hosts;

namespace AkkaKube.Console.Palettes.Kube;

/// <summary>Ends the process of a host. The answer goes first.</summary>
internal sealed class KillHost : ForwardingCommand
{
    public KillHost(Invocation call)
        : base(call) => DoAt(call["HOST"]);

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new KillHost(call));

    protected override void DoHere()
    {
        // The actor that kills outlives this command: the answer has to reach the one who asked.
        Context.System.ActorOf(Akka.Actor.Props.Create(() => new Killer(Call.Services.Process)));
        End(new Document.Done($"{Call.Services.Hosts.Self} is being killed"));
    }

    internal sealed class Killer : ReceiveActor, IWithTimers
    {
        private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(200);

        public Killer(IHostProcess process) => Receive<Now>(_ => process.Kill());

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Timers.StartSingleTimer("kill", new Now(), Grace);

        private sealed record Now;
    }
}
