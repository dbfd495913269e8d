namespace AkkaKube.Runtime;

/// <summary>
/// What a file descriptor stands for: a file, an end of a pipe, a socket, the container's log. Shared by the processes that inherited it;
/// closed when the last of them closes it.
/// </summary>
internal abstract class OpenFile
{
    private int _holders = 1;
    private ReadOnlyMemory<byte> _putBack;

    /// <summary>The next bytes, at most so many; empty at the end.</summary>
    public Routine<ReadOnlyMemory<byte>> Read(Process process, int most)
    {
        if (_putBack.IsEmpty) return ReadNext(process, most);
        var taken = _putBack[..Math.Min(most, _putBack.Length)];
        _putBack = _putBack[taken.Length..];
        return Routine.Of(taken);
    }

    /// <summary>Gives back the end of what was read last; the next read starts with it.</summary>
    public void PutBack(ReadOnlyMemory<byte> bytes) => _putBack = _putBack.IsEmpty ? bytes : (byte[])[.. bytes.Span, .. _putBack.Span];

    /// <summary>Writes all of it; false when nobody is there to read it any more. The memory must not change afterwards.</summary>
    public virtual Routine<bool> Write(Process process, ReadOnlyMemory<byte> bytes) => Routine.Of(false);

    /// <summary>Whether a terminal is at the other end.</summary>
    public virtual bool IsTerminal => false;

    public OpenFile Share()
    {
        _holders++;
        return this;
    }

    public void Release()
    {
        if (--_holders == 0) Close();
    }

    protected virtual Routine<ReadOnlyMemory<byte>> ReadNext(Process process, int most) => Routine.Of<ReadOnlyMemory<byte>>(default);

    protected virtual void Close()
    {
    }
}

/// <summary>/dev/null, and the standard input of a container without one: at its end, and swallows what is written.</summary>
internal sealed class NullFile : OpenFile
{
    public override Routine<bool> Write(Process process, ReadOnlyMemory<byte> bytes) => Routine.Of(true);
}

/// <summary>Bytes that are there from the start, e.g. a here-document.</summary>
internal sealed class BytesFile(ReadOnlyMemory<byte> bytes) : OpenFile
{
    private ReadOnlyMemory<byte> _rest = bytes;

    protected override Routine<ReadOnlyMemory<byte>> ReadNext(Process process, int most)
    {
        var taken = _rest[..Math.Min(most, _rest.Length)];
        _rest = _rest[taken.Length..];
        return Routine.Of(taken);
    }
}

/// <summary>Collects what is written: the output of a command substitution or of ExecSync.</summary>
internal sealed class CollectingFile(int limit = 16 * 1024 * 1024) : OpenFile
{
    private readonly MemoryStream _collected = new();

    public ReadOnlyMemory<byte> Collected => _collected.GetBuffer().AsMemory(0, (int)_collected.Length);

    public override Routine<bool> Write(Process process, ReadOnlyMemory<byte> bytes)
    {
        var room = (int)Math.Min(bytes.Length, limit - _collected.Length);
        if (room > 0) _collected.Write(bytes.Span[..room]);
        return Routine.Of(true);
    }
}

/// <summary>Endless bytes: /dev/zero and /dev/urandom.</summary>
internal sealed class EndlessFile(bool random) : OpenFile
{
    protected override async Routine<ReadOnlyMemory<byte>> ReadNext(Process process, int most)
    {
        await process.Kernel.Spend(process, 4);
        var bytes = new byte[Math.Min(most, 4096)];
        if (random) process.Kernel.Random.NextBytes(bytes);
        return bytes;
    }

    public override Routine<bool> Write(Process process, ReadOnlyMemory<byte> bytes) => Routine.Of(true);
}
