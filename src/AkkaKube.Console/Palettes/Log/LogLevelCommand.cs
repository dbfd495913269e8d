using Akka.Actor;
using Akka.Event;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Log;

/// <summary>Says what is logged, and changes it.</summary>
internal sealed class LogLevelCommand : CommandActor
{
    public LogLevelCommand(Invocation call)
        : base(call)
    {
        var log = Context.System.EventStream;
        var before = log.LogLevel.StringFor();
        if (call.Level("LEVEL") is not { } level)
        {
            End(new Document.Text(before));
            return;
        }

        log.SetLogLevel(level);
        End(new Document.Done($"the log level of {call.Services.Hosts.Self} was {before} and is {level.StringFor()}"));
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new LogLevelCommand(call));
}
