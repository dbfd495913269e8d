namespace AkkaKube.Persistence;

/// <summary>The table of files.</summary>
internal interface IFileStore : IDisposable
{
    /// <summary>The content; null when there is no such file.</summary>
    byte[]? Find(string name);

    /// <summary>Adds a file, durably, or does nothing when there is one of that name.</summary>
    void Add(string name, byte[] content);
}
