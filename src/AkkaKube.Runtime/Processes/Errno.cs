namespace AkkaKube.Runtime;

/// <summary>Why a system call failed.</summary>
internal enum Errno
{
    None,
    NotPermitted,
    NoEntry,
    NoProcess,
    BadDescriptor,
    PermissionDenied,
    Exists,
    CrossDevice,
    NotADirectory,
    IsADirectory,
    InvalidArgument,
    NoSpace,
    ReadOnlyFileSystem,
    NameTooLong,
    NotEmpty,
    TooManyLinks,
    Busy,
    ExecFormat,
    AddressInUse,
    AddressNotAvailable,
    ConnectionRefused,
    ConnectionReset,
    TimedOut,
    BrokenPipe,
}

/// <summary>A system call failed.</summary>
internal sealed class OsException(Errno errno) : Exception(TextOf(errno))
{
    public Errno Errno => errno;

    /// <summary>What strerror says.</summary>
    public static string TextOf(Errno errno) => errno switch
    {
        Errno.NotPermitted => "Operation not permitted",
        Errno.NoEntry => "No such file or directory",
        Errno.NoProcess => "No such process",
        Errno.BadDescriptor => "Bad file descriptor",
        Errno.PermissionDenied => "Permission denied",
        Errno.Exists => "File exists",
        Errno.CrossDevice => "Cross-device link",
        Errno.NotADirectory => "Not a directory",
        Errno.IsADirectory => "Is a directory",
        Errno.InvalidArgument => "Invalid argument",
        Errno.NoSpace => "No space left on device",
        Errno.ReadOnlyFileSystem => "Read-only file system",
        Errno.NameTooLong => "File name too long",
        Errno.NotEmpty => "Directory not empty",
        Errno.TooManyLinks => "Too many levels of symbolic links",
        Errno.Busy => "Resource busy",
        Errno.ExecFormat => "Exec format error",
        Errno.AddressInUse => "Address in use",
        Errno.AddressNotAvailable => "Address not available",
        Errno.ConnectionRefused => "Connection refused",
        Errno.ConnectionReset => "Connection reset by peer",
        Errno.TimedOut => "Operation timed out",
        Errno.BrokenPipe => "Broken pipe",
        _ => "Success",
    };
}
