using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AkkaKube.Tests;

/// <summary>
/// A server of PostgreSQL in a folder of its own, on a port of the loopback; gone after the tests, and when their process is killed. Debian's
/// postgresql-15 (scripts/test installs it); where the tests run as root the server runs as the user postgres, since root may not.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    public const string User = "akkakube";
    public const string Password = "s3cret/with:signs";

    private const string Programs = "/usr/lib/postgresql/15/bin";

    private readonly string _folder = Directory.CreateTempSubdirectory("akkakube-postgres").FullName;
    private readonly Process _guard;
    private int _schemas;

    public PostgresServer()
    {
        var password = Path.Combine(_folder, "password");
        File.WriteAllText(password, Password);
        if (Environment.IsPrivilegedProcess) Run("chown", "-R", "postgres:postgres", _folder);
        AsServer("initdb", "-D", Data, "-U", User, "-N", "--pwfile", password, "--auth=scram-sha-256", "-E", "UTF8", "--locale=C");
        Port = FreePort();
        // What is still running when the process of the tests ends, however it ends, is stopped by who reads the end of this pipe.
        _guard = Begin("/bin/sh", "-c", $"trap '' HUP INT TERM; cat > /dev/null; {string.Join(' ', Prefix)} {Programs}/pg_ctl -D {Data} -m immediate stop > /dev/null 2>&1; rm -rf {_folder}");
        Start();
    }

    public int Port { get; }

    /// <summary>The database "postgres".</summary>
    public string Url => $"postgres://{User}:{Uri.EscapeDataString(Password)}@127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}/postgres";

    private string Data => Path.Combine(_folder, "data");

    private static string[] Prefix => Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

    /// <summary>The name of a schema that no test had yet.</summary>
    public string NewSchema() => string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _schemas)}");

    /// <summary>Starts it and waits until it answers.</summary>
    public void Start() => AsServer("pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o",
        string.Create(CultureInfo.InvariantCulture, $"-p {Port} -k {_folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200 -c deadlock_timeout=200ms"), "start");

    /// <summary>Stops it as a crash would: nothing is finished, all connections break.</summary>
    public void Crash() => AsServer("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");

    /// <summary>Sends a signal to the server and to all its processes.</summary>
    public void Signal(string signal)
    {
        var parent = File.ReadLines(Path.Combine(Data, "postmaster.pid")).First();
        Run("/bin/bash", "-c", $"kill -{signal} {parent} $(ps -o pid= --ppid {parent}); true");
    }

    public void Dispose()
    {
        _guard.StandardInput.Close();
        _guard.WaitForExit();
        _guard.Dispose();
    }

    private static void AsServer(string program, params string[] arguments) => Run([.. Prefix, Path.Combine(Programs, program), .. arguments]);

    private static void Run(params string[] command)
    {
        using var process = Begin(command);
        process.StandardInput.Close();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode.ToString(CultureInfo.InvariantCulture)}. Is Debian's postgresql-15 installed?");
    }

    private static Process Begin(params string[] command)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, WorkingDirectory = "/" };
        if (command[0] != "/bin/sh")
        {
            // A server that starts keeps what it inherits open: it must not be our pipes.
            start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, WorkingDirectory = "/" };
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add("exec \"$@\" > /dev/null 2>&1");
            start.ArgumentList.Add("sh");
            foreach (var word in command) start.ArgumentList.Add(word);
        }
        else
        {
            foreach (var word in command[1..]) start.ArgumentList.Add(word);
        }
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
