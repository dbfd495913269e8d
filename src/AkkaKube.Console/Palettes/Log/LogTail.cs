using Akka.Actor;
using Akka.Event;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Log;

/// <summary>Shows the log as it is written.</summary>
internal sealed class LogTail : CommandActor
{
    public LogTail(Invocation call)
        : base(call)
    {
        Context.System.EventStream.Subscribe(Self, typeof(LogEvent));
        Receive<LogEvent>(e =>
        {
            var line = LogLine.Of(e);
            if (line.Matches(call)) Show(new Document.Text(line.Readable));
        });
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new LogTail(call));
}
