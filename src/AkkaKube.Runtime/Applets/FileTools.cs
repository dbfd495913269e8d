using System.Globalization;
using System.Text;

namespace AkkaKube.Runtime.Applets;

/// <summary>mkdir, rmdir, rm, cp, mv, touch, ln, chmod, chown</summary>
internal static class FileTools
{
    public static Routine<int> Mkdir(Process process, IReadOnlyList<string> arguments) => ForEach(process, AppletOptions.Parse(arguments, "pm:v", "parents=p mode=m"), "can't create directory '{0}': {1}", (options, path) =>
    {
        if (!options.Has('p'))
        {
            process.Files.MakeDirectory(process, path);
            return;
        }

        var made = "";
        foreach (var part in FileSystem.Normalize(path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            made += "/" + part;
            var inode = process.Files.Find(made);
            if (inode is null) process.Files.MakeDirectory(process, made);
            else if (inode is not DirectoryInode) throw new OsException(Errno.Exists);
        }
    });

    public static Routine<int> Rmdir(Process process, IReadOnlyList<string> arguments) => ForEach(process, AppletOptions.Parse(arguments, "p"), "'{0}': {1}", (_, path) =>
    {
        if (process.Files.Find(path, follow: false) is not (DirectoryInode or null)) throw new OsException(Errno.NotADirectory);
        process.Files.Remove(process, path);
    });

    public static async Routine<int> Rm(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "rRfiv", "recursive=r force=f");
        if (options.Operands.Count == 0 && !options.Has('f')) return await process.Fail(options.Name, "missing operand");
        return await ForEach(process, options, "can't remove '{0}': {1}", (o, path) =>
        {
            var inode = process.Files.Find(path, follow: false);
            if (inode is null && o.Has('f')) return;
            if (inode is DirectoryInode && !o.Has('r') && !o.Has('R')) throw new OsException(Errno.IsADirectory);
            Delete(process, path);
        });
    }

    public static async Routine<int> Cp(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "rRafpdLPiunT", "recursive=r archive=a force=f");
        return await ToTarget(process, options, (source, target) =>
        {
            if (process.Files.Find(source) is DirectoryInode && !options.Has('r') && !options.Has('R') && !options.Has('a')) throw new IOException("omitting directory");
            Copy(process, source, target);
        });
    }

    public static async Routine<int> Mv(Process process, IReadOnlyList<string> arguments) => await ToTarget(process, AppletOptions.Parse(arguments, "finT"), (source, target) =>
    {
        try
        {
            process.Files.Move(process, source, target);
        }
        catch (OsException error) when (error.Errno == Errno.Busy)
        {
            Copy(process, source, target);
            Delete(process, source);
        }
    });

    public static Routine<int> Touch(Process process, IReadOnlyList<string> arguments) => ForEach(process, AppletOptions.Parse(arguments, "cd:t:r:am"), "{0}: {1}", (options, path) =>
    {
        if (process.Files.Find(path) is { } existing) process.Files.Change(process, path, i => i.ModifiedAt = process.Kernel.Now);
        else if (!options.Has('c')) process.Files.OpenToWrite(process, path, append: true).Release();
    });

    public static async Routine<int> Ln(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "sfnvT");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        if (options.Operands.Count is 0 or > 2) return await process.Fail(options.Name, "wrong number of arguments");
        var target = options.Operands[0];
        var link = Path(process, options.Operands.Count > 1 ? options.Operands[1] : FileSystem.NameOf(target));
        if (process.Files.Find(link) is DirectoryInode && !options.Has('n')) link = FileSystem.Join(link, FileSystem.NameOf(target));
        try
        {
            if (options.Has('f') && process.Files.Find(link, follow: false) is not (null or DirectoryInode)) process.Files.Remove(process, link);
            if (options.Has('s')) process.Files.Link(process, target, link);
            else if (process.Files.Find(Path(process, target)) is FileInode file) process.Files.WriteAll(process, link, file.Content.Span);
            else throw new OsException(Errno.NoEntry);
            return 0;
        }
        catch (OsException failure)
        {
            return await process.Fail(options.Name, $"{link}: {failure.Message}");
        }
    }

    public static async Routine<int> Chmod(Process process, IReadOnlyList<string> arguments)
    {
        // A mode may begin with a minus: it is no option then.
        var recursive = arguments.Any(a => a is "-R" or "-r");
        var rest = arguments.Skip(1).Where(a => a is not ("-R" or "-r" or "-v" or "-f")).ToList();
        if (rest.Count < 2) return await process.Fail(arguments[0], "missing operand");
        var status = 0;
        foreach (var operand in rest.Skip(1))
        {
            foreach (var path in recursive ? Tree(process, Path(process, operand)) : [Path(process, operand)])
            {
                try
                {
                    var bad = false;
                    process.Files.Change(process, path, inode =>
                    {
                        if (ModeOf(rest[0], inode.Mode, inode is DirectoryInode) is { } mode) inode.Mode = mode;
                        else bad = true;
                    });
                    if (bad) return await process.Fail(arguments[0], $"invalid mode '{rest[0]}'");
                }
                catch (OsException failure)
                {
                    status = await process.Fail(arguments[0], $"{operand}: {failure.Message}");
                }
            }
        }

        return status;
    }

    public static async Routine<int> Chown(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "Rhvf", "recursive=R");
        if (options.Operands.Count < 2) return await process.Fail(options.Name, "missing operand");
        var owner = options.Operands[0].Split(':', '.');
        var rest = AppletOptions.Parse([arguments[0], .. arguments.Skip(1).Where(a => a != options.Operands[0])], "Rhvf", "recursive=R");
        return await ForEach(process, rest, "{0}: {1}", (o, path) =>
        {
            foreach (var each in o.Has('R') ? Tree(process, path) : [path])
            {
                if (process.Uid != 0) throw new OsException(Errno.NotPermitted);
                process.Files.Change(process, each, inode =>
                {
                    if (UserId(owner[0]) is { } uid) inode.Uid = uid;
                    if (owner.Length > 1 && UserId(owner[1]) is { } gid) inode.Gid = gid;
                });
            }
        });
    }

    internal static string Path(Process process, string path) => FileSystem.Join(process.WorkingDirectory, path);

    /// <summary>A path and all below it.</summary>
    internal static IEnumerable<string> Tree(Process process, string path)
    {
        yield return path;
        if (process.Files.Find(path, follow: false) is not DirectoryInode directory) yield break;
        foreach (var (name, _) in process.Files.List(FileSystem.Normalize(path), directory).ToList())
        {
            foreach (var below in Tree(process, FileSystem.Join(path, name))) yield return below;
        }
    }

    private static int? UserId(string text) => text switch { "" => null, "root" => 0, "nobody" => 65534, _ => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null };

    /// <summary>Octal, or changes such as <c>u+x,go-w</c>.</summary>
    private static int? ModeOf(string text, int old, bool isDirectory)
    {
        if (text.Length is > 0 and < 6 && text.All(c => c is >= '0' and <= '7')) return Convert.ToInt32(text, 8);
        var mode = old;
        foreach (var clause in text.Split(','))
        {
            var at = clause.IndexOfAny(['+', '-', '=']);
            if (at < 0) return null;
            var who = at == 0 || clause[..at].Contains('a', StringComparison.Ordinal) ? "ugo" : clause[..at];
            var bits = 0;
            foreach (var letter in clause[(at + 1)..])
            {
                bits |= letter switch { 'r' => 4, 'w' => 2, 'x' => 1, 'X' => isDirectory || (old & 0b001_001_001) != 0 ? 1 : 0, 's' or 't' => 0, _ => 8 };
            }

            if (bits > 7) return null;
            foreach (var one in who)
            {
                var shift = one switch { 'u' => 6, 'g' => 3, 'o' => 0, _ => -1 };
                if (shift < 0) return null;
                mode = clause[at] switch { '+' => mode | (bits << shift), '-' => mode & ~(bits << shift), _ => (mode & ~(7 << shift)) | (bits << shift) };
            }
        }

        return mode;
    }

    private static void Delete(Process process, string path)
    {
        if (process.Files.Find(path, follow: false) is DirectoryInode directory)
        {
            foreach (var (name, _) in process.Files.List(FileSystem.Normalize(path), directory).ToList()) Delete(process, FileSystem.Join(path, name));
        }

        process.Files.Remove(process, path);
    }

    private static void Copy(Process process, string source, string target)
    {
        switch (process.Files.Find(source))
        {
            case null:
                throw new OsException(Errno.NoEntry);
            case DirectoryInode directory:
                if (FileSystem.Normalize(target).StartsWith(FileSystem.Normalize(source) + "/", StringComparison.Ordinal)) throw new OsException(Errno.InvalidArgument);
                if (process.Files.Find(target) is null) process.Files.MakeDirectory(process, target);
                foreach (var (name, _) in process.Files.List(FileSystem.Normalize(source), directory).ToList()) Copy(process, FileSystem.Join(source, name), FileSystem.Join(target, name));
                break;
            case FileInode { Program: not null } program:
                process.Files.Create(process, FileSystem.Normalize(target), (FileInode)program.Thawed());
                break;
            case { } inode:
                process.Files.WriteAll(process, target, process.Files.Read(process, source).Span);
                if (process.Files.Find(target) is FileInode copy) copy.Mode = inode.Mode;
                break;
        }
    }

    private static async Routine<int> ToTarget(Process process, AppletOptions options, Action<string, string> step)
    {
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        if (options.Operands.Count < 2) return await process.Fail(options.Name, "missing operand");
        var target = Path(process, options.Operands[^1]);
        var intoDirectory = process.Files.Find(target) is DirectoryInode && !options.Has('T');
        if (options.Operands.Count > 2 && !intoDirectory) return await process.Fail(options.Name, $"target '{options.Operands[^1]}' is not a directory");
        var status = 0;
        foreach (var operand in options.Operands.SkipLast(1))
        {
            await process.Spend();
            var source = Path(process, operand);
            try
            {
                if (process.Files.Find(source, follow: false) is null) throw new OsException(Errno.NoEntry);
                step(source, intoDirectory ? FileSystem.Join(target, FileSystem.NameOf(FileSystem.Normalize(source))) : target);
            }
            catch (OsException failure) when (failure.Errno == Errno.NoEntry && process.Files.Find(source, follow: false) is null)
            {
                status = await process.Fail(options.Name, options.Name == "mv" ? $"can't rename '{operand}': {failure.Message}" : $"can't stat '{operand}': {failure.Message}");
            }
            catch (OsException failure)
            {
                status = await process.Fail(options.Name, $"can't create '{options.Operands[^1]}': {failure.Message}");
            }
            catch (IOException failure)
            {
                status = await process.Fail(options.Name, $"{failure.Message} '{operand}'");
            }
        }

        return status;
    }

    private static async Routine<int> ForEach(Process process, AppletOptions options, string message, Action<AppletOptions, string> step)
    {
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        if (options.Operands.Count == 0 && !options.Has('f')) return await process.Fail(options.Name, "missing operand");
        var status = 0;
        foreach (var operand in options.Operands)
        {
            await process.Spend();
            try
            {
                step(options, Path(process, operand));
            }
            catch (OsException failure) when (failure.Errno == Errno.IsADirectory && options.Name == "rm")
            {
                status = await process.Fail(options.Name, $"'{operand}' is a directory");
            }
            catch (OsException failure)
            {
                status = await process.Fail(options.Name, string.Format(CultureInfo.InvariantCulture, message, operand, failure.Message));
            }
        }

        return status;
    }
}
