using System.Text.Json;

namespace AkkaKube.Host.Data;

/// <summary>host.json: how programs find a running host.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="Api">The address of its API server, e.g. <c>https://127.0.0.1:6443</c>.</param>
/// <param name="Console">The address of its management port.</param>
/// <param name="Version">Of the program.</param>
/// <param name="Name">Its name in a cluster of many; null where it is the whole cluster.</param>
/// <param name="Remote">Where other hosts reach it; null where there are none.</param>
internal sealed record HostFile(int Pid, string Api, string Console, string Version, string? Name = null, string? Remote = null)
{
    public void Write(string path)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("pid", Pid);
            json.WriteString("api", Api);
            json.WriteString("console", Console);
            if (Name is not null) json.WriteString("name", Name);
            if (Remote is not null) json.WriteString("remote", Remote);
            json.WriteString("version", Version);
            json.WriteEndObject();
        }

        // Whoever reads it sees the old file or the new one, never half of one.
        var temporary = path + ".new";
        File.WriteAllBytes(temporary, [.. stream.ToArray(), (byte)'\n']);
        File.Move(temporary, path, overwrite: true);
    }

    public static HostFile Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement;
        string? Text(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
        return new HostFile(root.GetProperty("pid").GetInt32(), Text("api") ?? "", Text("console") ?? "", Text("version") ?? "", Text("name"), Text("remote"));
    }
}
