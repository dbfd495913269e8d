using AkkaKube.Console.Documents;
using AkkaKube.Wire;

namespace AkkaKube.Console.Commands;

/// <summary>What the consoles of different hosts say to each other.</summary>
public static class ConsoleMessages
{
    /// <summary>The messages by their names on the wire.</summary>
    public static WireManifest Manifest { get; } = new("console")
    {
        ["run"] = typeof(ConsoleActor.Run),
        ["ran"] = typeof(ConsoleActor.Ran),
        ["table"] = typeof(Document.Table),
        ["text"] = typeof(Document.Text),
        ["done"] = typeof(Document.Done),
        ["failure"] = typeof(Document.Failure),
    };
}
