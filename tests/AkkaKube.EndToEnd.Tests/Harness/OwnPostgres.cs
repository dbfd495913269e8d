using System.Globalization;
using System.Text.RegularExpressions;

namespace AkkaKube.EndToEnd.Tests.Harness;

/// <summary>The PostgreSQL server that a cluster has brought with it: ended as by a power cut, and started again.</summary>
public sealed partial class OwnPostgres(string clusterData)
{
    private readonly string _data = Path.Combine(clusterData, "postgres", "data");

    /// <summary>What hosts are told with <c>--database</c>.</summary>
    public string Address => File.ReadAllText(Path.Combine(clusterData, "database")).Trim();

    public async Task Kill()
    {
        var main = (await File.ReadAllLinesAsync(Path.Combine(_data, "postmaster.pid")))[0];
        (await Command.Run("kill", ["-KILL", main])).Succeeded();
        await Eventually.Holds(() =>
        {
            Directory.Exists($"/proc/{main}").ShouldBeFalse();
            return Task.CompletedTask;
        });
    }

    public async Task Start()
    {
        var port = int.Parse(Port().Match(Address).Groups[1].Value, CultureInfo.InvariantCulture);
        var control = Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin", "pg_ctl")).First(File.Exists);
        string[] become = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups", "--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"] : [];
        string[] words = [.. become, control, "start", "-D", _data, "-w", "-s", "-l", Path.Combine(clusterData, "postgres", "server.log"), "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"];
        // Processes of the one that was killed may live a little longer, and it does not start beside them.
        await Eventually.Holds(async () => (await Command.Run(words[0], words[1..])).Succeeded());
    }

    [GeneratedRegex(@"Port=(\d+)")]
    private static partial Regex Port();
}
