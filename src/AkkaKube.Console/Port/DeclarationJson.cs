using System.Text.Json;
using AkkaKube.Console.Commands;

namespace AkkaKube.Console.Port;

/// <summary>What clients get to know of the commands: enough to complete a line and to send it to the right hosts.</summary>
internal static class DeclarationJson
{
    public static byte[] Write(IEnumerable<ConsoleCommand> commands)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var command in commands.Where(c => !c.IsInternal)) Write(json, command);
            json.WriteEndArray();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, ConsoleCommand command)
    {
        json.WriteStartObject();
        json.WriteString("command", command.FullName);
        json.WriteString("usage", command.Usage);
        json.WriteString("help", command.Help);
        json.WriteBoolean("streams", command.Streams);
        json.WriteBoolean("everywhere", command.Everywhere);
        json.WriteStartArray("arguments");
        foreach (var argument in command.Arguments) Write(json, argument);
        json.WriteEndArray();
        json.WriteStartArray("options");
        foreach (var option in command.Options)
        {
            json.WriteStartObject();
            json.WriteString("name", option.Name);
            if (option.Short is { } other) json.WriteString("short", other);
            json.WriteString("help", option.Help);
            if (option.Value is { } value)
            {
                json.WritePropertyName("value");
                Write(json, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Argument argument)
    {
        json.WriteStartObject();
        json.WriteString("name", argument.Name);
        json.WriteString("kind", argument.Kind.ToString());
        json.WriteBoolean("optional", argument.IsOptional);
        json.WriteEndObject();
    }
}
