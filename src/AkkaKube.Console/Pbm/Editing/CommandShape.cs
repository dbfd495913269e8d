using System.Text.Json;
using AkkaKube.Api;
using AkkaKube.Console.Commands;

namespace AkkaKube.Console.Pbm.Editing;

/// <summary>What a client knows of a command: enough to complete a line.</summary>
internal sealed record CommandShape(string FullName, ValueList<ArgumentKind> Arguments, ValueList<OptionShape> Options)
{
    /// <summary>Reads what <c>GET /commands</c> answers. Kinds that are not known here are completed by nothing.</summary>
    public static IReadOnlyList<CommandShape> Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(c => new CommandShape(
            c.GetProperty("command").GetString()!,
            [.. c.GetProperty("arguments").EnumerateArray().Select(KindOf)],
            [.. c.GetProperty("options").EnumerateArray().Select(o => new OptionShape(
                o.GetProperty("name").GetString()!,
                o.TryGetProperty("short", out var other) ? other.GetString() : null,
                o.TryGetProperty("value", out var value) ? KindOf(value) : null))]))];
    }

    private static ArgumentKind KindOf(JsonElement argument) => Enum.TryParse<ArgumentKind>(argument.GetProperty("kind").GetString(), out var kind) ? kind : ArgumentKind.Word;
}

/// <summary>What a client knows of an option.</summary>
internal sealed record OptionShape(string Name, string? Short, ArgumentKind? Value);
