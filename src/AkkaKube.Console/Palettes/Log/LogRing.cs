using Akka.Actor;
using Akka.Event;

namespace AkkaKube.Console.Palettes.Log;

/// <summary>Keeps the last lines of the host's log.</summary>
internal sealed class LogRing : ReceiveActor
{
    public const string Name = "log";

    /// <summary>Asks for <see cref="Lines"/>.</summary>
    public sealed record Peek;

    /// <summary>What is kept, the oldest first.</summary>
    public sealed record Lines(IReadOnlyList<LogLine> Kept);

    private readonly Queue<LogLine> _lines = [];

    public LogRing(int most)
    {
        Context.System.EventStream.Subscribe(Self, typeof(LogEvent));
        Receive<LogEvent>(e =>
        {
            _lines.Enqueue(LogLine.Of(e));
            while (_lines.Count > most) _lines.Dequeue();
        });
        Receive<Peek>(_ => Sender.Tell(new Lines([.. _lines])));
    }

    public static Props Props(int most) => Akka.Actor.Props.Create(() => new LogRing(most));
}
