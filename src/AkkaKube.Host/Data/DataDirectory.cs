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
