using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Kube;

/// <summary>Pauses a whole host; a path names an actor instead.</summary>
internal sealed class PauseTarget : ForwardingCommand
{
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(10);

    public PauseTarget(Invocation call)
        : base(call) => DoAt(call["TARGET"]);

    public static Props Props(Invocation call) =>
        call["TARGET"].StartsWith('/') ? PauseActor.Props(call) : Akka.Actor.Props.Create(() => new PauseTarget(call));

    protected override void DoHere()
    {
        var time = Call.Duration("--for") ?? Default;
        Call.Services.Process.Freeze(time);
        End(new Document.Done($"{Call.Services.Hosts.Self} stands still for {WordSyntax.Write(time)}"));
    }
}
