using System.Text.Json;

namespace AkkaKube.Console.Pbm;

/// <summary>A management port with its token.</summary>
/// <param name="Name">What the user calls the host.</param>
/// <param name="Address">host:port.</param>
/// <param name="Token">Shown with each request.</param>
internal sealed record HostTarget(string Name, string Address, string Token)
{
    /// <summary>The hosts that a data directory knows: one, or those in the folders of a cluster. With an address, that host alone.</summary>
    public static IReadOnlyList<HostTarget> Find(string directory, string? address)
    {
        var known = new List<HostTarget>();
        if (Read(directory) is { } single) known.Add(single);
        if (known.Count == 0 && Directory.Exists(directory))
        {
            foreach (var folder in Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal))
                if (Read(folder) is { } host) known.Add(host);
        }

        if (address is null) return known;
        if (known.FirstOrDefault(h => h.Address == address) is { } named) return [named];

        // The hosts of a cluster share their token.
        var token = known.FirstOrDefault()?.Token ?? ReadToken(directory);
        return [new HostTarget(address, address, token ?? "")];
    }

    private static HostTarget? Read(string folder)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "host.json")));
            return json.RootElement.TryGetProperty("console", out var console) && console.GetString() is { Length: > 0 } address && ReadToken(folder) is { } token
                ? new HostTarget(Path.GetFileName(Path.GetFullPath(folder)), address, token)
                : null;
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static string? ReadToken(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "token")).Trim();
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
