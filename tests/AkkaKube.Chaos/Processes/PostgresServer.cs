using System.Globalization;
using AkkaKube.Chaos.Places;

namespace AkkaKube.Chaos.Processes;

/// <summary>Debian's PostgreSQL on a machine of its own, its files on a small disk where one can be made.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Machine = "db";
    private const int Port = 5432;
    private readonly IPlaces _places;
    private readonly string _folder;
    private readonly string _binaries;
    private readonly string _address;
    private readonly int _port;
    private bool _mounted;

    private PostgresServer(IPlaces places, string folder, string binaries, string address, int port) => (_places, _folder, _binaries, _address, _port) = (places, folder, binaries, address, port);

    /// <summary>What a host is given as its database.</summary>
    public string Url => $"postgres://akkakube@{_address}:{_port.ToString(CultureInfo.InvariantCulture)}/akkakube";

    private string Files => Path.Combine(_folder, "data");

    /// <summary>Null where PostgreSQL is not installed.</summary>
    public static async Task<PostgresServer?> Start(IPlaces places, string folder)
    {
        var binaries = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")).LastOrDefault(d => File.Exists(Path.Combine(d, "initdb"))) : null;
        if (binaries is null) return null;
        Directory.CreateDirectory(folder);
        var server = new PostgresServer(places, folder, binaries, await places.AddressOf(Machine), places.CanCut ? Port : FreePort.Take());
        await server.Make();
        await server.Up();
        await Shell.Ok("runuser", "-u", "postgres", "--", Path.Combine(binaries, "psql"), "-h", folder, "-p", server._port.ToString(CultureInfo.InvariantCulture), "-U", "akkakube", "-d", "postgres", "-c", "create database akkakube");
        return server;
    }

    /// <summary>Starts the server on the files that are there.</summary>
    public async Task Up()
    {
        File.Delete(Path.Combine(Files, "postmaster.pid"));
        var command = _places.Command(Machine, ["runuser", "-u", "postgres", "--", Path.Combine(_binaries, "pg_ctl"), "-D", Files, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"), "start"]);
        var started = await Shell.Run(command[0], [.. command.Skip(1)]);
        if (started.ExitCode != 0) throw new ShellException($"PostgreSQL did not start: {started.Output} {started.Error} {File.ReadAllText(Path.Combine(_folder, "log"))}");
    }

    /// <summary>kill -9 of the server and of everything that it started.</summary>
    public async Task Kill()
    {
        var server = File.ReadLines(Path.Combine(Files, "postmaster.pid")).First();
        var children = await Shell.Run("pgrep", "-P", server);
        await Shell.Run("kill", ["-9", server, .. children.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
    }

    /// <summary>Leaves no room on its disk; false where it has no disk of its own.</summary>
    public async Task<bool> Fill()
    {
        if (!_mounted) return false;
        await Shell.Run("dd", "if=/dev/zero", $"of={Path.Combine(_folder, "data", "filler")}", "bs=64k");
        return true;
    }

    public void Empty() => File.Delete(Path.Combine(_folder, "data", "filler"));

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Files, "postmaster.pid"))) await Kill();
        if (!_mounted) return;
        for (var i = 0; i < 50 && (await Shell.Run("umount", Files)).ExitCode != 0; i++) await Task.Delay(100);
    }

    private async Task Make()
    {
        Directory.CreateDirectory(Files);
        _mounted = _places.CanCut && (await Shell.Run("mount", "-t", "tmpfs", "-o", "size=768m", "tmpfs", Files)).ExitCode == 0;
        await Shell.Ok("chown", "-R", "postgres", _folder);
        await Shell.Ok("chmod", "700", Files);
        for (var parent = Path.GetDirectoryName(_folder); parent is { Length: > 1 } && parent != "/tmp"; parent = Path.GetDirectoryName(parent)) await Shell.Run("chmod", "o+x", parent);
        await Shell.Ok("runuser", "-u", "postgres", "--", Path.Combine(_binaries, "initdb"), "-D", Files, "-U", "akkakube", "-A", "trust", "-E", "UTF8", "--no-sync");
        await File.AppendAllTextAsync(Path.Combine(Files, "postgresql.conf"), $"""

            listen_addresses = '{_address}'
            port = {_port.ToString(CultureInfo.InvariantCulture)}
            unix_socket_directories = '{_folder}'
            max_wal_size = 128MB
            min_wal_size = 64MB
            """);
        await File.AppendAllTextAsync(Path.Combine(Files, "pg_hba.conf"), "\nhost all all 0.0.0.0/0 trust\n");
        await Shell.Ok("chown", "-R", "postgres", Files);
    }
}
