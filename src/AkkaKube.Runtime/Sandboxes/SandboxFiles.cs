using System.Text;

namespace AkkaKube.Runtime;

/// <summary>The files that a sandbox gives its containers: /etc/hosts and its kind, and the pod's volumes.</summary>
internal sealed class SandboxFiles(PodSandboxConfig pod, Func<DateTimeOffset> now)
{
    private const int OpenToAll = 0b111_111_111;

    private Dictionary<string, Volume>? _volumes;
    private FileInode? _hosts;
    private FileInode? _hostname;
    private FileInode? _resolv;

    public void Add(Mount mount)
    {
        _volumes ??= [];
        if (_volumes.ContainsKey(mount.Volume)) return;
        _volumes[mount.Volume] = new Volume(mount.Source is VolumeSource.Files files ? TreeOf(files.Tree) : new DirectoryInode(mode: OpenToAll) { ModifiedAt = now() });
    }

    /// <summary>New files in a volume that is mounted already.</summary>
    public void Update(string name, FileTree files)
    {
        if (_volumes?.TryGetValue(name, out var volume) == true) volume.Root = TreeOf(files);
    }

    public void MountInto(FileSystem files, Container container)
    {
        files.Mount("/etc/hosts", () => _hosts ??= File(Hosts()), readOnly: false);
        files.Mount("/etc/hostname", () => _hostname ??= File(container.Hostname + "\n"), readOnly: false);
        files.Mount("/etc/resolv.conf", () => _resolv ??= File(ResolvConf()), readOnly: false);
        foreach (var mount in container.Config.Mounts)
        {
            if (_volumes?.TryGetValue(mount.Volume, out var volume) != true) continue;
            var isWritable = mount.Source is VolumeSource.Empty;
            files.Mount(mount.ContainerPath, () => Part(volume!, mount.SubPath, isWritable), mount.ReadOnly || !isWritable);
        }
    }

    private Inode Part(Volume volume, string? subPath, bool make)
    {
        Inode at = volume.Root;
        foreach (var part in (subPath ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part is "." or ".." || at is not DirectoryInode directory) continue;
            var next = directory.Find(part);
            if (next is null)
            {
                next = new DirectoryInode(mode: OpenToAll) { ModifiedAt = now() };
                if (make) directory.Set(part, next);
            }

            at = next;
        }

        return at;
    }

    private DirectoryInode TreeOf(FileTree tree)
    {
        var root = new DirectoryInode(mode: OpenToAll) { ModifiedAt = now() };
        foreach (var (path, file) in tree.Files)
        {
            var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var at = root;
            foreach (var part in parts.SkipLast(1))
            {
                if (at.Find(part) is not DirectoryInode next) at.Set(part, next = new DirectoryInode { ModifiedAt = now() });
                at = next;
            }

            if (parts.Length > 0) at.Set(parts[^1], new FileInode(file.Content.ToArray(), mode: file.Mode) { ModifiedAt = now() });
        }

        return root.Frozen();
    }

    private FileInode File(string text) => new(Encoding.UTF8.GetBytes(text)) { ModifiedAt = now() };

    private string Hosts()
    {
        var text = new StringBuilder("# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n");
        var hostname = pod.Hostname.Length > 0 ? pod.Hostname : pod.Name;
        text.Append(pod.Ip).Append('\t').Append(pod.Fqdn is null ? hostname : $"{pod.Fqdn}\t{hostname}").Append('\n');
        if (pod.ExtraHosts.Count > 0) text.Append("\n# Entries added by HostAliases.\n");
        foreach (var entry in pod.ExtraHosts) text.Append(entry.Ip).Append('\t').AppendJoin('\t', entry.Hostnames).Append('\n');
        return text.ToString();
    }

    private string ResolvConf()
    {
        var text = new StringBuilder();
        if (pod.Dns.Searches.Count > 0) text.Append("search ").AppendJoin(' ', pod.Dns.Searches).Append('\n');
        foreach (var server in pod.Dns.Servers) text.Append("nameserver ").Append(server).Append('\n');
        if (pod.Dns.Options.Count > 0) text.Append("options ").AppendJoin(' ', pod.Dns.Options).Append('\n');
        return text.ToString();
    }
}
