using System.Globalization;
using System.Text;
using AkkaKube.Fabric;

namespace AkkaKube.Runtime;

/// <summary>How the programs of a container find addresses: /etc/hosts, then the servers in /etc/resolv.conf.</summary>
internal static class NameLookup
{
    /// <summary>The addresses of a host, in order; empty if there are none.</summary>
    public static async Routine<IReadOnlyList<string>> Find(Process process, string host)
    {
        if (IsAddress(host)) return [host];
        foreach (var line in Text(process, "/etc/hosts").Split('\n'))
        {
            var words = line.Split('#')[0].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1 && words.Skip(1).Contains(host, StringComparer.OrdinalIgnoreCase)) return [words[0]];
        }

        return (await Ask(process, host, FabricActor.RecordType.A)).Values;
    }

    /// <summary>Asks the name server, as resolv.conf says.</summary>
    public static async Routine<NameAnswer> Ask(Process process, string name, FabricActor.RecordType type, bool absolute = false)
    {
        var settings = ResolvConf.Parse(Text(process, "/etc/resolv.conf"));
        if (settings.Servers.Count == 0) return new NameAnswer(name, [], FabricActor.ResolveFailure.NoServer);
        return await process.Kernel.Network.Resolve(process, new NameQuestion(name, absolute ? [] : settings.Search, settings.Ndots, type));
    }

    public static bool IsAddress(string text) => System.Net.IPAddress.TryParse(text, out _) && (text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3);

    private static string Text(Process process, string path) =>
        process.Files.Find(path) is FileInode file ? Encoding.UTF8.GetString(file.Content.Span) : "";
}

/// <summary>What /etc/resolv.conf says.</summary>
internal sealed record ResolvConf(IReadOnlyList<string> Servers, IReadOnlyList<string> Search, int Ndots)
{
    public static ResolvConf Parse(string text)
    {
        var (servers, search, ndots) = (new List<string>(), new List<string>(), 1);
        foreach (var words in text.Split('\n').Select(l => l.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)))
        {
            if (words is ["nameserver", var server, ..]) servers.Add(server);
            else if (words is ["search", .. var domains]) search = [.. domains];
            else if (words is ["options", .. var options] && options.LastOrDefault(o => o.StartsWith("ndots:", StringComparison.Ordinal)) is { } dots && int.TryParse(dots[6..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) ndots = number;
        }

        return new ResolvConf(servers, search, ndots);
    }
}
