namespace AkkaKube.Host.Data;

/// <summary>The folder with all that a host keeps: the journal, the certificates, the kubeconfig, host.json.</summary>
internal sealed class DataDirectory
{
    private DataDirectory(string path) => Root = path;

    public string Root { get; }

    public string Journal => Path.Combine(Root, "journal.db");

    public string Certificates => Path.Combine(Root, "pki");

    public string KubeConfig => Path.Combine(Root, "kubeconfig");

    public string HostFile => Path.Combine(Root, "host.json");

    public string Token => Path.Combine(Root, "token");

    /// <summary>What the hosts share, as <c>--database</c> takes it.</summary>
    public string Database => Path.Combine(Root, "database");

    /// <summary>The folder of a PostgreSQL server that the cluster brings with it.</summary>
    public string Postgres => Path.Combine(Root, "postgres");

    /// <summary>The folder of one of several hosts that run on this machine.</summary>
    public string OfHost(string name) => Path.Combine(Root, name);

    /// <summary>Keeps the folder to this process. The operating system gives it back when the process ends, however it ends.</summary>
    /// <exception cref="Refusal">Another process has it.</exception>
    public IDisposable Hold()
    {
        try
        {
            return new FileStream(Path.Combine(Root, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new Refusal($"the data directory {Root} is in use by another process. Stop it, or choose another directory with --data-dir.", taken);
        }
    }

    /// <summary>Makes the folder where it is missing, and tries that it can be written to.</summary>
    /// <exception cref="Refusal">It cannot.</exception>
    public static DataDirectory Open(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(full);
            else Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var probe = Path.Combine(full, ".writable");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new Refusal($"cannot write to the data directory {full}: {failure.Message} Choose another one with --data-dir.", failure);
        }

        return new DataDirectory(full);
    }
}
