namespace AkkaKube.Runtime;

/// <summary>A volume of a sandbox: the containers that mount it see the same files.</summary>
internal sealed class Volume(DirectoryInode root)
{
    /// <summary>Replaced as a whole when a ConfigMap or Secret changes.</summary>
    public DirectoryInode Root { get; set; } = root;
}

/// <summary>The file system of a container: its image's tree, what it has written over it, and its mounts.</summary>
internal sealed class FileSystem
{
    private const int MostLinks = 40;

    private readonly Func<DateTimeOffset> _now;
    private readonly bool _readOnly;
    private readonly Dictionary<string, MountPoint> _mounts = new(StringComparer.Ordinal);
    private DirectoryInode _root;

    public FileSystem(DirectoryInode root, bool readOnly, Func<DateTimeOffset> now)
    {
        _root = root;
        _readOnly = readOnly;
        _now = now;
    }

    /// <summary>What a path leads to.</summary>
    public readonly record struct Place(Inode? Inode, string Path, bool IsReadOnly);

    private sealed record MountPoint(Func<Inode> Root, bool ReadOnly);

    /// <summary>Whether a process has written to it; otherwise it can be made again from the image and the mounts.</summary>
    public bool IsChanged { get; private set; }

    public IEnumerable<(string Path, bool ReadOnly)> Mounts => _mounts.Select(m => (m.Key, m.Value.ReadOnly));

    /// <summary>Puts files at a path; the directories on the way are made.</summary>
    public void Mount(string path, Func<Inode> root, bool readOnly)
    {
        var normal = Normalize(path);
        var parent = ParentOf(normal);
        if (normal != "/" && Walk(normal, follow: false) is null)
        {
            MakeWay(parent);
            var stub = root() is DirectoryInode ? (Inode)new DirectoryInode { ModifiedAt = _now() } : new FileInode { ModifiedAt = _now() };
            Writable(parent)?.Set(NameOf(normal), stub);
        }

        _mounts[normal] = new MountPoint(root, readOnly);
    }

    /// <summary>The inode at an absolute path; null if there is none.</summary>
    public Inode? Find(string path, bool follow = true) => Locate(path, follow).Inode;

    public Place Locate(string path, bool follow = true)
    {
        var at = Normalize(path);
        for (var links = 0; links < MostLinks; links++)
        {
            var (inode, link, rest) = Step(at, follow);
            if (link is null) return new Place(inode, at, IsReadOnly(at));
            at = Normalize(Join(ParentOf(link), ((LinkInode)inode!).Target) + rest);
        }

        throw new OsException(Errno.TooManyLinks);
    }

    /// <summary>The entries of a directory, by name; what is mounted over one is seen instead.</summary>
    public IEnumerable<KeyValuePair<string, Inode>> List(string path, DirectoryInode directory) =>
        directory.Entries.Select(e => KeyValuePair.Create(e.Key, MountedAt(Normalize(Join(path, e.Key))) ?? e.Value));

    public bool IsDirectory(string path) => Find(path) is DirectoryInode;

    /// <summary>The content of a file, as it is now.</summary>
    public ReadOnlyMemory<byte> Read(Process process, string path) => Find(path) switch
    {
        FileInode file when CanRead(process, file) => file.Content,
        FileInode => throw new OsException(Errno.PermissionDenied),
        GeneratedInode generated => System.Text.Encoding.UTF8.GetBytes(generated.Content(process)),
        DirectoryInode => throw new OsException(Errno.IsADirectory),
        DeviceInode => default,
        _ => throw new OsException(Errno.NoEntry),
    };

    public OpenFile OpenToRead(Process process, string path) => Find(path) switch
    {
        FileInode file when CanRead(process, file) => new RegularFile(this, file, RegularFile.Access.Read),
        FileInode => throw new OsException(Errno.PermissionDenied),
        GeneratedInode generated => new BytesFile(System.Text.Encoding.UTF8.GetBytes(generated.Content(process))),
        DeviceInode device => device.Open(process) ?? throw new OsException(Errno.NoEntry),
        DirectoryInode => throw new OsException(Errno.IsADirectory),
        _ => throw new OsException(Errno.NoEntry),
    };

    public OpenFile OpenToWrite(Process process, string path, bool append)
    {
        var place = Locate(path);
        if (place.Inode is DeviceInode device) return device.Open(process) ?? throw new OsException(Errno.NoEntry);
        if (place.Inode is DirectoryInode) throw new OsException(Errno.IsADirectory);
        if (path.EndsWith('/')) throw new OsException(Errno.IsADirectory);
        if (place.Inode is GeneratedInode) throw new OsException(Errno.PermissionDenied);
        if (place.Inode is FileInode existing && !CanWrite(process, existing)) throw new OsException(Errno.PermissionDenied);
        var file = (FileInode?)WritableFile(place) ?? Create(process, place.Path, new FileInode());
        if (!append)
        {
            file.Truncate();
            file.ModifiedAt = _now();
        }

        return new RegularFile(this, file, append ? RegularFile.Access.Append : RegularFile.Access.Write);
    }

    public void WriteAll(Process process, string path, ReadOnlySpan<byte> content)
    {
        var file = OpenToWrite(process, path, append: false);
        if (file is RegularFile regular) regular.Inode.Write(0, content);
        file.Release();
    }

    public void MakeDirectory(Process process, string path)
    {
        var place = Locate(path);
        if (place.Inode is not null) throw new OsException(Errno.Exists);
        Create(process, place.Path, new DirectoryInode());
    }

    public void Link(Process process, string target, string path)
    {
        var place = Locate(path, follow: false);
        if (place.Inode is not null) throw new OsException(Errno.Exists);
        Create(process, place.Path, new LinkInode(target));
    }

    public T Create<T>(Process process, string path, T inode)
        where T : Inode
    {
        var parent = DirectoryToChange(process, path);
        inode.ModifiedAt = _now();
        inode.Uid = process.Uid;
        inode.Gid = process.Gid;
        parent.Set(NameOf(path), inode);
        parent.ModifiedAt = _now();
        return inode;
    }

    public void Remove(Process process, string path)
    {
        var place = Locate(path, follow: false);
        if (place.Inode is null) throw new OsException(Errno.NoEntry);
        if (_mounts.ContainsKey(place.Path) || place.Path == "/") throw new OsException(Errno.Busy);
        if (place.Inode is DirectoryInode { IsEmpty: false }) throw new OsException(Errno.NotEmpty);
        DirectoryToChange(process, place.Path).Remove(NameOf(place.Path));
    }

    public void Move(Process process, string from, string to)
    {
        var source = Locate(from, follow: false);
        if (source.Inode is null) throw new OsException(Errno.NoEntry);
        if (_mounts.ContainsKey(source.Path)) throw new OsException(Errno.Busy);
        var target = Locate(to, follow: false);
        if (target.Inode is DirectoryInode { IsEmpty: false }) throw new OsException(Errno.NotEmpty);
        if (target.Path == source.Path) return;
        if (source.Inode is DirectoryInode && target.Path.StartsWith(source.Path + "/", StringComparison.Ordinal)) throw new OsException(Errno.InvalidArgument);
        if (_mounts.ContainsKey(target.Path)) throw new OsException(Errno.Busy);
        var parent = DirectoryToChange(process, source.Path);
        DirectoryToChange(process, target.Path).Set(NameOf(target.Path), source.Inode);
        parent.Remove(NameOf(source.Path));
    }

    /// <summary>Changes mode, owner or time of what is at a path.</summary>
    public void Change(Process process, string path, Action<Inode> change)
    {
        var place = Locate(path);
        if (place.Inode is null) throw new OsException(Errno.NoEntry);
        if (process.Uid != 0 && place.Inode.Uid != process.Uid) throw new OsException(Errno.NotPermitted);
        if (place.IsReadOnly) throw new OsException(Errno.ReadOnlyFileSystem);
        IsChanged = true;
        var inode = place.Inode is DirectoryInode ? Writable(place.Path) : WritableFile(place) ?? place.Inode;
        if (inode is not null) change(inode);
    }

    /// <summary>An absolute path without <c>.</c>, <c>..</c> and empty parts.</summary>
    public static string Normalize(string path)
    {
        if (path.Length > 0 && path[0] == '/' && !path.Contains("//", StringComparison.Ordinal) && !path.Contains("/.", StringComparison.Ordinal) && (path.Length == 1 || path[^1] != '/')) return path;
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".") continue;
            if (part == "..")
            {
                if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }

        return "/" + string.Join('/', parts);
    }

    public static string Join(string directory, string path) => path.StartsWith('/') ? path : directory.TrimEnd('/') + "/" + path;

    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    public static string ParentOf(string path) => path.LastIndexOf('/') is var slash && slash <= 0 ? "/" : path[..slash];

    internal void Touch(Inode inode) => inode.ModifiedAt = _now();

    private static bool CanRead(Process process, Inode inode) => IsAllowed(process, inode, 4);

    private static bool CanWrite(Process process, Inode inode) => IsAllowed(process, inode, 2);

    private static bool IsAllowed(Process process, Inode inode, int bit) =>
        process.Uid == 0 || (((inode.Uid == process.Uid ? inode.Mode >> 6 : inode.Gid == process.Gid ? inode.Mode >> 3 : inode.Mode) & bit) != 0);

    /// <summary>Follows a path up to its end, or up to the first link on the way (then the rest of the path is left).</summary>
    private (Inode? Inode, string? Link, string Left) Step(string path, bool follow)
    {
        Inode at = MountedAt("/") ?? _root;
        var position = 0;
        while (position < path.Length - 1)
        {
            var end = path.IndexOf('/', position + 1);
            if (end < 0) end = path.Length;
            if (at is not DirectoryInode directory) return (null, null, "");
            var here = path[..end];
            var next = MountedAt(here) ?? directory.Find(path[(position + 1)..end]);
            if (next is null) return (null, null, "");
            if (next is LinkInode && (follow || end < path.Length)) return (next, here, path[end..]);
            at = next;
            position = end;
        }

        return (at, null, "");
    }

    private Inode? Walk(string path, bool follow) => Step(path, follow) is { Link: null } end ? end.Inode : null;

    private Inode? MountedAt(string path) => _mounts.TryGetValue(path, out var mount) ? mount.Root() : null;

    private bool IsReadOnly(string path)
    {
        for (var at = path; ; at = ParentOf(at))
        {
            if (_mounts.TryGetValue(at, out var mount)) return mount.ReadOnly;
            if (at == "/") return _readOnly;
        }
    }

    private DirectoryInode DirectoryToChange(Process process, string path)
    {
        var parent = Locate(ParentOf(path));
        if (parent.Inode is null) throw new OsException(Errno.NoEntry);
        if (parent.Inode is not DirectoryInode directory) throw new OsException(Errno.NotADirectory);
        if (NameOf(path).Length > 255) throw new OsException(Errno.NameTooLong);
        if (parent.IsReadOnly) throw new OsException(Errno.ReadOnlyFileSystem);
        if (!CanWrite(process, directory)) throw new OsException(Errno.PermissionDenied);
        IsChanged = true;
        return Writable(parent.Path) ?? throw new OsException(Errno.ReadOnlyFileSystem);
    }

    private FileInode? WritableFile(Place place)
    {
        if (place.Inode is not FileInode file) return null;
        if (place.IsReadOnly) throw new OsException(Errno.ReadOnlyFileSystem);
        IsChanged = true;
        if (!file.IsFrozen) return file;
        var parent = Writable(ParentOf(place.Path)) ?? throw new OsException(Errno.ReadOnlyFileSystem);
        var copy = (FileInode)file.Thawed();
        parent.Set(NameOf(place.Path), copy);
        return copy;
    }

    /// <summary>The directory at a path, copied up from the image where it is still the image's own.</summary>
    private DirectoryInode? Writable(string path)
    {
        if (_mounts.TryGetValue(path, out var mount)) return mount.Root() is DirectoryInode { IsFrozen: false } mounted ? mounted : null;
        if (path == "/")
        {
            if (_root.IsFrozen) _root = (DirectoryInode)_root.Thawed();
            return _root;
        }

        if (Writable(ParentOf(path)) is not { } parent || parent.Find(NameOf(path)) is not DirectoryInode directory) return null;
        if (!directory.IsFrozen) return directory;
        var copy = (DirectoryInode)directory.Thawed();
        parent.Set(NameOf(path), copy);
        return copy;
    }

    private void MakeWay(string path)
    {
        if (path == "/" || Walk(path, follow: false) is DirectoryInode) return;
        MakeWay(ParentOf(path));
        Writable(ParentOf(path))?.Set(NameOf(path), new DirectoryInode { ModifiedAt = _now() });
    }
}
