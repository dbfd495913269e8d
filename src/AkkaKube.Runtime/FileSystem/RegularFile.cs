namespace AkkaKube.Runtime;

/// <summary>A file that a process has open: an inode and a position.</summary>
internal sealed class RegularFile(FileSystem files, FileInode inode, RegularFile.Access access) : OpenFile
{
    private int _position;

    /// <summary>What it was opened for.</summary>
    public enum Access
    {
        Read,
        Write,
        Append,
    }

    public FileInode Inode => inode;

    public override Routine<bool> Write(Process process, ReadOnlyMemory<byte> bytes)
    {
        if (access == Access.Read) return Routine.Of(true);
        if (access == Access.Append) _position = inode.Length;
        inode.Write(_position, bytes.Span);
        _position += bytes.Length;
        files.Touch(inode);
        return Routine.Of(true);
    }

    protected override Routine<ReadOnlyMemory<byte>> ReadNext(Process process, int most)
    {
        if (_position >= inode.Length) return Routine.Of<ReadOnlyMemory<byte>>(default);
        var taken = inode.Content.Slice(_position, Math.Min(most, inode.Length - _position));
        _position += taken.Length;
        return Routine.Of(taken);
    }
}
