namespace Akka.Configuration.Hocon;

/// <summary>Where included texts come from.</summary>
internal interface IHoconSource
{
    /// <summary>The text of the file <paramref name="name"/>, looked for beside <paramref name="includedFrom"/>; null when there is none.</summary>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    HoconText? Read(string name, string? includedFrom);
}

/// <summary>A text and the name under which errors speak of it.</summary>
internal sealed record HoconText(string Text, string Origin);

/// <summary>Files: a relative name starts at the folder of the including file, or at the current one; <c>.conf</c> may be left out.</summary>
internal sealed class FileSource : IHoconSource
{
    public HoconText? Read(string name, string? includedFrom)
    {
        var folder = includedFrom is null ? null : Path.GetDirectoryName(includedFrom);
        var path = string.IsNullOrEmpty(folder) ? name : Path.Combine(folder, name);
        if (!File.Exists(path)) path += ".conf";
        return File.Exists(path) ? new HoconText(File.ReadAllText(path), path) : null;
    }
}
