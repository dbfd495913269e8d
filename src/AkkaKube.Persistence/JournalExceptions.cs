namespace AkkaKube.Persistence;

/// <summary>The database refused or failed; the message says which and why.</summary>
public class JournalException : Exception
{
    /// <summary>A failure.</summary>
    public JournalException(string message) : base(message)
    {
    }

    /// <summary>A failure that another one caused.</summary>
    public JournalException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>No space. Nothing was written; later writes may succeed.</summary>
public sealed class JournalFullException(string message) : JournalException(message);

/// <summary>What is in the file is not what was written into it.</summary>
public sealed class JournalCorruptException(string message) : JournalException(message);

/// <summary>The file that is open is no longer the file at its path: what was written would be lost with the process. Only a restart helps.</summary>
public sealed class JournalLostException(string message) : JournalException(message);

/// <summary>Another process has the data directory.</summary>
public sealed class DataDirectoryInUseException : JournalException
{
    /// <summary>A folder that another process has.</summary>
    public DataDirectoryInUseException(string directory, string owner)
        : base($"The data directory {directory} is in use by {owner}")
    {
        Directory = directory;
        Owner = owner;
    }

    /// <summary>Which one.</summary>
    public string Directory { get; }

    /// <summary>Who has it: the process with its id, as far as it is known.</summary>
    public string Owner { get; }
}

/// <summary>
/// The database did not answer, or the connection broke. Whether a write that was under way was done is not known: it counts as failed, and who made it
/// reads back what is there. Later calls connect anew.
/// </summary>
public sealed class DatabaseUnreachableException : JournalException
{
    /// <summary>A database that does not answer.</summary>
    public DatabaseUnreachableException(string message) : base(message)
    {
    }

    /// <summary>A database that does not answer, and how that was noticed.</summary>
    public DatabaseUnreachableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>Somebody else owns the stream by now, or nobody does. Nothing was written, and nothing ever will be with this epoch.</summary>
public sealed class FencedException : JournalException
{
    /// <summary>A stream without a lease.</summary>
    public FencedException(string message) : base(message)
    {
    }

    /// <summary>A lease that has another epoch by now.</summary>
    public FencedException(string lease, long epoch, long? found)
        : base($"The lease {lease} is not held with epoch {epoch} any more: {(found is { } now ? $"its epoch is {now}" : "nobody holds it")}")
    {
    }
}
