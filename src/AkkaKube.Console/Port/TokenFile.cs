using System.Security.Cryptography;
using System.Text;

namespace AkkaKube.Console.Port;

/// <summary>The token that a client shows: in a file that the owner of the data directory alone can read.</summary>
internal static class TokenFile
{
    private const int Length = 32;

    /// <summary>The token that the file has, or a new one: a host that starts again is known to the clients that it had.</summary>
    public static async Task<string> ReadOrCreate(string path)
    {
        if (File.Exists(path) && (await File.ReadAllTextAsync(path).ConfigureAwait(false)).Trim() is { Length: Length } kept) return kept;
        var token = RandomNumberGenerator.GetHexString(Length, lowercase: true);
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(path, options);
        await file.WriteAsync(Encoding.ASCII.GetBytes(token)).ConfigureAwait(false);
        return token;
    }
}
