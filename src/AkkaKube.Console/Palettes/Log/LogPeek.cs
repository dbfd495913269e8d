using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Log;

/// <summary>Shows the last lines of the log.</summary>
internal sealed class LogPeek : CommandActor
{
    private const int Default = 20;

    public LogPeek(Invocation call)
        : base(call)
    {
        Receive<LogRing.Lines>(lines => End(new Document.Table(LogLine.Columns, [.. lines.Kept.Where(l => l.Matches(call)).TakeLast(call.Number("LINES") ?? Default).Select(l => l.Row)])));
        Context.ActorSelection($"../{LogRing.Name}").Tell(new LogRing.Peek());
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new LogPeek(call));
}
