namespace AkkaKube.Runtime;

/// <summary>
/// A file, directory, link or device. The inodes of an image are frozen and shared by every container of the process;
/// a container that writes gets copies of its own of what it changes, and of nothing else.
/// </summary>
internal abstract class Inode
{
    public int Mode { get; set; }

    public int Uid { get; set; }

    public int Gid { get; set; }

    public DateTimeOffset ModifiedAt { get; set; }

    /// <summary>Part of an image or of a volume's given files: never changes.</summary>
    public bool IsFrozen { get; internal set; }

    public abstract char TypeLetter { get; }

    /// <summary>A copy that can be changed.</summary>
    public abstract Inode Thawed();

    protected T Like<T>(T copy)
        where T : Inode
    {
        copy.Mode = Mode;
        copy.Uid = Uid;
        copy.Gid = Gid;
        copy.ModifiedAt = ModifiedAt;
        return copy;
    }
}

/// <summary>A regular file; an executable one stands for a program.</summary>
internal sealed class FileInode : Inode
{
    private byte[] _buffer;

    public FileInode(byte[]? content = null, bool frozen = false, int mode = 0b110_100_100)
    {
        _buffer = content ?? [];
        Length = _buffer.Length;
        Mode = mode;
        IsFrozen = frozen;
    }

    public int Length { get; private set; }

    /// <summary>What runs when it is executed; null for a file that has none (a script is read then).</summary>
    public Program? Program { get; init; }

    public override char TypeLetter => '-';

    public ReadOnlyMemory<byte> Content => _buffer.AsMemory(0, Length);

    public override Inode Thawed() => Like(new FileInode(Content.ToArray()) { Program = Program });

    public void Truncate() => (_buffer, Length) = ([], 0);

    public void Write(int at, ReadOnlySpan<byte> bytes)
    {
        var end = at + bytes.Length;
        if (end > _buffer.Length)
        {
            // A reader may hold memory of the old buffer: it is left as it is.
            var grown = new byte[Math.Max(end, Math.Min(2 * _buffer.Length, _buffer.Length + (1024 * 1024)))];
            _buffer.AsSpan(0, Length).CopyTo(grown);
            _buffer = grown;
        }
        else if (at < Length)
        {
            _buffer = [.. _buffer];
        }

        bytes.CopyTo(_buffer.AsSpan(at));
        Length = Math.Max(Length, end);
    }
}

/// <summary>A file whose content is made when it is read (/proc).</summary>
internal sealed class GeneratedInode(Func<Process, string> content) : Inode
{
    public override char TypeLetter => '-';

    public string Content(Process process) => content(process);

    public override Inode Thawed() => this;
}

/// <summary>A symbolic link.</summary>
internal sealed class LinkInode : Inode
{
    public LinkInode(string target, bool frozen = false)
    {
        Target = target;
        Mode = 0b111_111_111;
        IsFrozen = frozen;
    }

    public string Target { get; }

    public override char TypeLetter => 'l';

    public override Inode Thawed() => Like(new LinkInode(Target));
}

/// <summary>A device: opens as something of its own.</summary>
internal sealed class DeviceInode : Inode
{
    public DeviceInode(Func<Process, OpenFile?> open)
    {
        Open = open;
        Mode = 0b110_110_110;
        IsFrozen = true;
    }

    public Func<Process, OpenFile?> Open { get; }

    public override char TypeLetter => 'c';

    public override Inode Thawed() => this;
}

/// <summary>A directory: its own entries over those of a frozen one below.</summary>
internal sealed class DirectoryInode : Inode
{
    private readonly DirectoryInode? _lower;
    private SortedDictionary<string, Inode?>? _entries;

    public DirectoryInode(DirectoryInode? lower = null, int mode = 0b111_101_101)
    {
        _lower = lower;
        Mode = mode;
    }

    public override char TypeLetter => 'd';

    public IEnumerable<KeyValuePair<string, Inode>> Entries
    {
        get
        {
            var own = (_entries ?? []).Where(e => e.Value is not null).Select(e => KeyValuePair.Create(e.Key, e.Value!));
            return _lower is null
                ? own
                : own.Concat(_lower.Entries.Where(e => _entries?.ContainsKey(e.Key) != true)).OrderBy(e => e.Key, StringComparer.Ordinal);
        }
    }

    public bool IsEmpty => !Entries.Any();

    public Inode? Find(string name) => _entries is not null && _entries.TryGetValue(name, out var own) ? own : _lower?.Find(name);

    public void Set(string name, Inode inode) => (_entries ??= new SortedDictionary<string, Inode?>(StringComparer.Ordinal))[name] = inode;

    public void Remove(string name)
    {
        // A null hides the entry of the directory below.
        if (_lower?.Find(name) is not null) (_entries ??= new SortedDictionary<string, Inode?>(StringComparer.Ordinal))[name] = null;
        else _entries?.Remove(name);
    }

    public override Inode Thawed() => Like(new DirectoryInode(this));

    /// <summary>Itself with all that is in it, not to be changed from now on.</summary>
    public DirectoryInode Frozen()
    {
        IsFrozen = true;
        foreach (var (_, inode) in Entries)
        {
            if (inode is DirectoryInode { IsFrozen: false } directory) directory.Frozen();
            inode.IsFrozen = true;
        }

        return this;
    }
}
