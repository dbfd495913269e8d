using System.Globalization;
using System.Security.Cryptography;
using AkkaKube.Host.Data;
using AkkaKube.Host.Up;
using Npgsql;

namespace AkkaKube.Host.Launch;

/// <summary>
/// A PostgreSQL server of the cluster's own, in a folder of its data directory: made once, started with the hosts and stopped after them. It listens on
/// 127.0.0.1 and on a socket in its folder. It never runs as root: there its user is <c>postgres</c>.
/// </summary>
internal sealed class PostgresServer
{
    private const string User = "akkakube";
    private const int PreferredPort = 5433;
    private const int LongestSocketFolder = 90;
    private readonly PostgresProgram _program;
    private readonly string _data;

    private PostgresServer(PostgresProgram program, string data, string connectionString) => (_program, _data, ConnectionString) = (program, data, connectionString);

    /// <summary>How hosts reach it. The password stands in a file that the owner alone may read, not on their command lines.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts it, or takes the one that runs on this folder already.</summary>
    /// <exception cref="Refusal">It is not there and cannot be installed, or it does not start.</exception>
    public static async Task<PostgresServer> Start(DataDirectory data, bool anyPort, Progress progress)
    {
        var program = await PostgresProgram.Find(data, progress).ConfigureAwait(false);
        var folder = Path.Combine(data.Postgres, "data");
        var passwords = Path.Combine(data.Root, "pgpass");
        if (!File.Exists(Path.Combine(folder, "PG_VERSION"))) await Create(program, data, folder, passwords, progress).ConfigureAwait(false);

        progress.Show("starting PostgreSQL ...");
        var port = (await program.Run("pg_ctl", ["status", "-D", folder]).ConfigureAwait(false)).ExitCode == 0
            ? int.Parse(File.ReadAllLines(Path.Combine(folder, "postmaster.pid"))[3], CultureInfo.InvariantCulture)
            : await Launch(program, data, folder, anyPort || !FreePort.IsFree(PreferredPort) ? FreePort.Find() : PreferredPort).ConfigureAwait(false);
        var address = Address(port, passwords);
        var created = await program.Run("createdb", ["-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-U", User, "-w", User], ("PGPASSFILE", passwords), asServer: false).ConfigureAwait(false);
        if (created.ExitCode != 0 && !created.Error.Contains("already exists", StringComparison.Ordinal)) throw new Refusal($"cannot make the database of the cluster: {created.Error.Trim()}");
        return new PostgresServer(program, folder, address);
    }

    /// <summary>Stops it; what was committed is on disk.</summary>
    public async Task Stop() => await _program.Run("pg_ctl", ["stop", "-D", _data, "-m", "fast", "-w", "-s"]).ConfigureAwait(false);

    internal static string Address(int port, string passwords) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = User, Database = User, Passfile = passwords }.ConnectionString;

    private static async Task Create(PostgresProgram program, DataDirectory data, string folder, string passwords, Progress progress)
    {
        progress.Show("making the folder of PostgreSQL ...");
        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        PrivateText.Write(passwords, $"*:*:*:{User}:{password}\n");
        var first = Path.Combine(data.Postgres, "first-password");
        PrivateText.Write(first, password + "\n");
        await program.Give(first).ConfigureAwait(false);
        var made = await program.Run("initdb", ["-D", folder, "-U", User, $"--pwfile={first}", "--auth=scram-sha-256", "-E", "UTF8", "--locale=C"]).ConfigureAwait(false);
        File.Delete(first);
        if (made.ExitCode != 0) throw new Refusal($"PostgreSQL cannot make its folder {folder}: {made.Error.Trim()}");
    }

    /// <summary>The path of a socket has room for about a hundred characters, and pg_ctl passes it through a shell: other folders have none, 127.0.0.1 does.</summary>
    internal static string SocketFolder(string folder) =>
        folder.Length <= LongestSocketFolder && folder.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '+' or '@') ? folder : "";

    private static async Task<int> Launch(PostgresProgram program, DataDirectory data, string folder, int port)
    {
        var sockets = SocketFolder(data.Postgres);
        var options = string.Create(CultureInfo.InvariantCulture, $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{sockets}' -c max_connections=200");
        var log = Path.Combine(data.Postgres, "server.log");
        var started = await program.Run("pg_ctl", ["start", "-D", folder, "-l", log, "-w", "-s", "-o", options]).ConfigureAwait(false);
        if (started.ExitCode == 0) return port;
        var why = File.Exists(log) ? File.ReadAllLines(log).LastOrDefault(line => line.Contains("FATAL", StringComparison.Ordinal)) : null;
        throw new Refusal($"PostgreSQL does not start: {why ?? started.Error.Trim()} (more in {log}).");
    }
}
