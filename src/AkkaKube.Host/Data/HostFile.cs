using System.Text.Json;

namespace AkkaKube.Host.Data;

/// <summary>host.json: how programs find a running host.</summary>
internal static class HostFile
{
    public static void Write(string path, int pid, Uri api, string console, string version)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("pid", pid);
            json.WriteString("api", api.GetLeftPart(UriPartial.Authority));
            json.WriteString("console", console);
            json.WriteString("version", version);
            json.WriteEndObject();
        }

        // Whoever reads it sees the old file or the new one, never half of one.
        var temporary = path + ".new";
        File.WriteAllBytes(temporary, [.. stream.ToArray(), (byte)'\n']);
        File.Move(temporary, path, overwrite: true);
    }
}
