using AkkaKube.Console.Documents;
using AkkaKube.Wire;

namespace AkkaKube.Console.Commands;

/// <summary>What the consoles of different hosts say to each other.</summary>
public static class ConsoleMessages
{
    /// <summary>The messages by their names on the wire.</summary>
    public static WireManifest Manifest { get; } = new("console")
    {
        StaysHere = new Dictionary<Type, string>
        {
            [typeof(ConsoleActor.Begin)] = "the management port, whose connection gets the answer, is on the console's host",
        },
        ["run"] = typeof(ConsoleActor.Run),
        ["ran"] = typeof(ConsoleActor.Ran),
        ["leave"] = typeof(ConsoleActor.Leave),
        ["table"] = typeof(Document.Table),
        ["text"] = typeof(Document.Text),
        ["done"] = typeof(Document.Done),
        ["failure"] = typeof(Document.Failure),
    };
}
