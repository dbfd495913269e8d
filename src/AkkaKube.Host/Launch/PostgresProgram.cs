using System.Globalization;
using AkkaKube.Host.Data;
using AkkaKube.Host.Up;

namespace AkkaKube.Host.Launch;

/// <summary>The programs of an installed PostgreSQL, and as whom they run.</summary>
internal sealed class PostgresProgram
{
    private const string SystemUser = "postgres";
    private readonly string _binaries;
    private readonly IReadOnlyList<string> _become;

    private PostgresProgram(string binaries, IReadOnlyList<string> become) => (_binaries, _become) = (binaries, become);

    /// <summary>Finds them, or installs them where that may be, and sees that the server's user can work in its folder.</summary>
    /// <exception cref="Refusal">They are not there, or the folder is out of that user's reach.</exception>
    public static async Task<PostgresProgram> Find(DataDirectory data, Progress progress)
    {
        var root = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows();
        var binaries = Binaries();
        if (binaries is null && root && File.Exists("/usr/bin/apt-get"))
        {
            progress.Show("installing PostgreSQL ...");
            await ProgramRun.Run("apt-get", ["update", "-qq"]).ConfigureAwait(false);
            var installed = await ProgramRun.Run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "postgresql"], ("DEBIAN_FRONTEND", "noninteractive")).ConfigureAwait(false);
            binaries = Binaries() ?? throw new Refusal($"PostgreSQL cannot be installed: {installed.Error.Trim()}");
        }

        if (binaries is null) throw new Refusal("PostgreSQL is not installed: install it (Debian: apt-get install postgresql), or leave --postgres out.");
        Directory.CreateDirectory(data.Postgres);
        return new PostgresProgram(binaries, root ? await AsSystemUser(data).ConfigureAwait(false) : []);
    }

    /// <summary>Runs one; as the server's user, or as this one.</summary>
    public Task<ProgramRun> Run(string name, IReadOnlyList<string> words, (string Name, string Value)? environment = null, bool asServer = true)
    {
        string[] all = [.. asServer ? _become : [], Path.Combine(_binaries, name), .. words];
        return ProgramRun.Run(all[0], all[1..], environment);
    }

    /// <summary>Makes a file the server's user's.</summary>
    public async Task Give(string path)
    {
        if (_become.Count > 0) await ProgramRun.Run("chown", [SystemUser, path]).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<string>> AsSystemUser(DataDirectory data)
    {
        // It has to pass through the data directory, whose other files stay the owner's.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(data.Root, File.GetUnixFileMode(data.Root) | UnixFileMode.OtherExecute);
        var given = await ProgramRun.Run("chown", ["-R", SystemUser, data.Postgres]).ConfigureAwait(false);
        if (given.ExitCode != 0) throw new Refusal($"PostgreSQL does not run as root, and its user {SystemUser} is not there: {given.Error.Trim()}");
        string[] become = ["setpriv", "--reuid", SystemUser, "--regid", SystemUser, "--init-groups"];
        // Where a folder above is closed to it, it gets the one right to pass through closed folders.
        string[][] ways = [become, [.. become, "--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"]];
        foreach (var way in ways)
        {
            if ((await ProgramRun.Run(way[0], [.. way[1..], "ls", data.Postgres]).ConfigureAwait(false)).ExitCode == 0) return way;
        }

        throw new Refusal($"PostgreSQL does not run as root, and its user {SystemUser} cannot reach {data.Postgres}: choose a --data-dir below folders that everybody may enter.");
    }

    private static string? Binaries()
    {
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(version => double.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var number) ? number : 0).Select(version => Path.Combine(version, "bin"))
            : [];
        return debian.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }
}
