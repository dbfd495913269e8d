using System.Text;

namespace AkkaKube.Runtime;

/// <summary>What a command line runs: a program with its arguments, or why there is none.</summary>
internal readonly record struct Executable(Program? Program, IReadOnlyList<string> Arguments, Errno Error, string StartFailure)
{
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Resolves the command line of a new process, as execvp does.</summary>
    public static Executable Resolve(FileSystem files, IReadOnlyDictionary<string, string> environment, string directory, IReadOnlyList<string> command, ImageDefinition? image = null)
    {
        if (command.Count == 0) return Missing(Errno.NoEntry, "no command specified");
        var name = command[0];
        if (name.Contains('/', StringComparison.Ordinal)) return At(files, FileSystem.Join(directory, name), command, image);
        foreach (var folder in PathOf(environment))
        {
            if (files.Find(FileSystem.Join(folder, name)) is FileInode { } file && (file.Mode & 0b001_001_001) != 0)
            {
                return At(files, FileSystem.Join(folder, name), command, image);
            }
        }

        if (image?.RunsAnything is { } program) return new Executable(program, command, Errno.None, "");
        return Missing(Errno.NoEntry, $"exec: \"{name}\": executable file not found in $PATH");
    }

    /// <summary>The full path that a name in a command line stands for.</summary>
    public static string? Which(FileSystem files, IReadOnlyDictionary<string, string> environment, string directory, string name)
    {
        if (name.Contains('/', StringComparison.Ordinal)) return IsExecutable(files, FileSystem.Join(directory, name)) ? name : null;
        return PathOf(environment).Select(folder => FileSystem.Join(folder, name)).FirstOrDefault(path => IsExecutable(files, path));
    }

    private static string[] PathOf(IReadOnlyDictionary<string, string> environment) =>
        (environment.TryGetValue("PATH", out var path) && path.Length > 0 ? path : DefaultPath).Split(':', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsExecutable(FileSystem files, string path) => files.Find(path) is FileInode file && (file.Mode & 0b001_001_001) != 0;

    private static Executable At(FileSystem files, string path, IReadOnlyList<string> command, ImageDefinition? image)
    {
        switch (files.Find(path))
        {
            case null:
                return image?.RunsAnything is { } program
                    ? new Executable(program, command, Errno.None, "")
                    : Missing(Errno.NoEntry, $"exec: \"{command[0]}\": stat {command[0]}: no such file or directory");
            case DirectoryInode:
                return Missing(Errno.PermissionDenied, $"exec: \"{command[0]}\": is a directory");
            case FileInode { Program: { } known }:
                return new Executable(known, command, Errno.None, "");
            case FileInode file when (file.Mode & 0b001_001_001) == 0:
                return Missing(Errno.PermissionDenied, $"exec: \"{command[0]}\": permission denied");
            case FileInode script when Interpreter(script.Content.Span) is { Length: > 0 } interpreter:
                return files.Find(interpreter[0]) is FileInode { Program: { } shell }
                    ? new Executable(shell, [.. interpreter, path, .. command.Skip(1)], Errno.None, "")
                    : Missing(Errno.NoEntry, $"exec {command[0]}: no such file or directory");
            default:
                return Missing(Errno.ExecFormat, $"exec {command[0]}: exec format error");
        }
    }

    /// <summary>The words after <c>#!</c> in the first line of a script.</summary>
    private static string[] Interpreter(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith("#!"u8)) return [];
        var end = content.IndexOf((byte)'\n');
        var line = Encoding.UTF8.GetString(end < 0 ? content[2..] : content[2..end]);
        return line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static Executable Missing(Errno error, string reason) => new(null, [], error, reason);
}
