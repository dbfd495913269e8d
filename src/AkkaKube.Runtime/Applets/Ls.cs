using System.Globalization;
using System.Text;

namespace AkkaKube.Runtime.Applets;

/// <summary>ls, and the mode text it shares with stat.</summary>
internal static class Ls
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "1laAdhRrtSpFCinsLHx", "color=x all=a");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var status = 0;
        var files = new List<(string Name, Inode Inode)>();
        var directories = new List<string>();
        foreach (var operand in options.Operands.Count == 0 ? ["."] : options.Operands)
        {
            var path = FileTools.Path(process, operand);
            var inode = process.Files.Find(path, follow: !options.Has('l') || operand.EndsWith('/'));
            if (inode is null)
            {
                status = await process.Fail(options.Name, $"{operand}: {OsException.TextOf(Errno.NoEntry)}");
            }
            else if (inode is DirectoryInode && !options.Has('d'))
            {
                directories.Add(operand);
            }
            else
            {
                files.Add((operand, inode));
            }
        }

        await Put(process, options, files);
        var several = directories.Count > 1 || files.Count > 0 || options.Has('R');
        for (var i = 0; i < directories.Count; i++)
        {
            var path = FileTools.Path(process, directories[i]);
            if (several) await process.PrintLine($"{(i > 0 || files.Count > 0 ? "\n" : "")}{directories[i]}:");
            var directory = (DirectoryInode)process.Files.Find(path)!;
            var entries = process.Files.List(FileSystem.Normalize(path), directory).Select(e => (e.Key, e.Value)).ToList();
            if (options.Has('a')) entries.InsertRange(0, [(".", directory), ("..", (Inode)directory)]);
            else if (!options.Has('A')) entries.RemoveAll(e => e.Key.StartsWith('.'));
            if (options.Has('l')) await process.PrintLine($"total {entries.Sum(e => Blocks(e.Value))}");
            await Put(process, options, entries);
            if (options.Has('R')) directories.InsertRange(i + 1, entries.Where(e => e.Value is DirectoryInode && e.Key is not ("." or "..")).Select(e => FileSystem.Join(directories[i], e.Key)));
        }

        return status;
    }

    /// <summary>E.g. <c>-rw-r--r--</c>.</summary>
    public static string ModeText(Inode inode)
    {
        var text = new StringBuilder(10).Append(inode.TypeLetter);
        for (var bit = 8; bit >= 0; bit--) text.Append((inode.Mode & (1 << bit)) != 0 ? "xwr"[bit % 3] : '-');
        return text.ToString();
    }

    public static long SizeOf(Inode inode) => inode switch { FileInode file => file.Length, DirectoryInode => 4096, LinkInode link => link.Target.Length, _ => 0 };

    private static long Blocks(Inode inode) => (SizeOf(inode) + 4095) / 4096 * 4;

    private static async Routine<bool> Put(Process process, AppletOptions options, List<(string Name, Inode Inode)> entries)
    {
        if (options.Has('t')) entries.Sort((a, b) => b.Inode.ModifiedAt.CompareTo(a.Inode.ModifiedAt));
        else if (options.Has('S')) entries.Sort((a, b) => SizeOf(b.Inode).CompareTo(SizeOf(a.Inode)));
        if (options.Has('r')) entries.Reverse();
        var output = new TextOutput(process);
        foreach (var (name, inode) in entries)
        {
            var mark = options.Has('F') || options.Has('p') ? inode switch { DirectoryInode => "/", LinkInode when options.Has('F') => "@", FileInode { Mode: var mode } when options.Has('F') && (mode & 0b001_001_001) != 0 => "*", _ => "" } : "";
            await output.Line(options.Has('l') ? Long(process, options, name, inode) + mark : name + mark);
        }

        await output.Flush();
        return true;
    }

    private static string Long(Process process, AppletOptions options, string name, Inode inode)
    {
        var size = options.Has('h') ? Human(SizeOf(inode)) : SizeOf(inode).ToString(CultureInfo.InvariantCulture);
        var time = inode.ModifiedAt;
        var when = Math.Abs((process.Kernel.Now - time).TotalDays) < 183 ? time.UtcDateTime.ToString("MMM dd HH:mm", CultureInfo.InvariantCulture) : time.UtcDateTime.ToString("MMM dd  yyyy", CultureInfo.InvariantCulture);
        when = when[..4] + (when[4] == '0' ? ' ' : when[4]) + when[5..];
        string Owner(int id) => options.Has('n') ? id.ToString(CultureInfo.InvariantCulture) : process.Container.Image.UserName(id) ?? id.ToString(CultureInfo.InvariantCulture);
        return $"{ModeText(inode)} {(inode is DirectoryInode ? 2 : 1),4} {Owner(inode.Uid),-8} {Owner(inode.Gid),-8} {size,9} {when} {name}{(inode is LinkInode link ? " -> " + link.Target : "")}";
    }

    public static string Human(long bytes)
    {
        if (bytes < 1024) return bytes.ToString(CultureInfo.InvariantCulture);
        double value = bytes;
        var unit = -1;
        while (value >= 1024 && unit < 4)
        {
            value /= 1024;
            unit++;
        }

        return value.ToString("0.0", CultureInfo.InvariantCulture) + "KMGTP"[unit];
    }
}
