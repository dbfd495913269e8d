using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AkkaKube.Runtime.Applets;

/// <summary>The applets that are a few lines each.</summary>
internal static class SmallTools
{
    public static async Routine<int> Basename(Process process, IReadOnlyList<string> arguments)
    {
        if (arguments.Count < 2) return await process.Fail(arguments[0], "missing operand");
        var trimmed = arguments[1].TrimEnd('/');
        var name = trimmed.Length == 0 && arguments[1].Length > 0 ? "/" : FileSystem.NameOf(trimmed);
        if (arguments.Count > 2 && name != arguments[2] && name.EndsWith(arguments[2], StringComparison.Ordinal)) name = name[..^arguments[2].Length];
        await process.PrintLine(name);
        return 0;
    }

    public static async Routine<int> Dirname(Process process, IReadOnlyList<string> arguments)
    {
        if (arguments.Count < 2) return await process.Fail(arguments[0], "missing operand");
        var path = arguments[1].TrimEnd('/');
        var slash = path.LastIndexOf('/');
        await process.PrintLine(path.Length == 0 && arguments[1].Length > 0 ? "/" : slash < 0 ? "." : slash == 0 ? "/" : path[..slash].TrimEnd('/') is { Length: > 0 } parent ? parent : "/");
        return 0;
    }

    public static async Routine<int> Seq(Process process, IReadOnlyList<string> arguments)
    {
        var options = arguments.Skip(1).ToList();
        var separator = "\n";
        var padded = false;
        while (options.Count > 0 && (options[0] == "-w" || options[0].StartsWith("-s", StringComparison.Ordinal)))
        {
            // A negative number is no option: getopt would not do here.
            if (options[0] == "-w") padded = true;
            else if (options[0].Length > 2) separator = options[0][2..];
            else if (options.Count > 1) separator = options[1];
            options.RemoveRange(0, options[0] == "-s" ? Math.Min(2, options.Count) : 1);
        }

        if (options.Count is 0 or > 3) return await process.Fail(arguments[0], "usage: seq [-w] [-s SEP] [FIRST [INC]] LAST");
        var numbers = new List<decimal>();
        foreach (var option in options)
        {
            if (!decimal.TryParse(option, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return await process.Fail(arguments[0], $"invalid number '{option}'");
            numbers.Add(number);
        }

        var (first, step, last) = numbers.Count switch { 1 => (1m, 1m, numbers[0]), 2 => (numbers[0], 1m, numbers[1]), _ => (numbers[0], numbers[1], numbers[2]) };
        if (step == 0) return await process.Fail(arguments[0], "invalid number '0'");
        var width = padded ? numbers.Max(n => n.ToString(CultureInfo.InvariantCulture).Length) : 0;
        var output = new TextOutput(process);
        var any = false;
        for (var number = first; step > 0 ? number <= last : number >= last; number += step)
        {
            await output.Raw((any ? separator : "") + number.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0'));
            any = true;
        }

        if (any) await output.Raw("\n");
        await output.Flush();
        return 0;
    }

    public static async Routine<int> Yes(Process process, IReadOnlyList<string> arguments)
    {
        var line = (arguments.Count > 1 ? string.Join(' ', arguments.Skip(1)) : "y") + "\n";
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, Math.Max(1, 1024 / line.Length))));
        while (await process.Write(1, block)) await process.Spend(8);
        return 1;
    }

    public static async Routine<int> Tee(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "ai", "append=a");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var files = new List<OpenFile>();
        var status = 0;
        foreach (var path in options.Operands)
        {
            try
            {
                files.Add(process.Files.OpenToWrite(process, FileTools.Path(process, path), options.Has('a')));
            }
            catch (OsException failure)
            {
                status = await process.Fail(options.Name, $"{path}: {failure.Message}");
            }
        }

        while (await process.Read() is { IsEmpty: false } chunk)
        {
            await process.Spend();
            await process.Write(1, chunk);
            foreach (var file in files) await file.Write(process, chunk);
        }

        foreach (var file in files) file.Release();
        return status;
    }

    public static async Routine<int> Xargs(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "n:I:0rtP:L:", "null=0 no-run-if-empty=r max-args=n", stopAtOperand: true);
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var text = new List<byte>();
        while (await process.Read() is { IsEmpty: false } chunk) text.AddRange(chunk.Span);
        var input = Encoding.UTF8.GetString([.. text]);
        var items = options.Has('0') ? [.. input.Split('\0', StringSplitOptions.RemoveEmptyEntries)]
            : options.Has('I') ? [.. input.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim())]
            : Words(input);
        var command = options.Operands.Count == 0 ? ["echo"] : options.Operands;
        var most = options.Has('I') ? 1 : int.TryParse(options.Value('n') ?? options.Value('L'), out var n) && n > 0 ? n : 5000;
        if (items.Count == 0 && (options.Has('r') || options.Has('I'))) return 0;
        var status = 0;
        for (var at = 0; at == 0 || at < items.Count; at += most)
        {
            var taken = items.Skip(at).Take(most).ToList();
            List<string> line = options.Value('I') is { } mark ? [.. command.Select(c => c.Replace(mark, taken[0], StringComparison.Ordinal))] : [.. command, .. taken];
            if (options.Has('t')) await process.Error(string.Join(' ', line));
            var executable = Executable.Resolve(process.Files, process.Environment, process.WorkingDirectory, line);
            if (executable.Program is null) return await process.Fail(options.Name, $"{line[0]}: {OsException.TextOf(executable.Error)}", executable.Error == Errno.NoEntry ? 127 : 126);
            var code = await process.Spawn(executable.Program, executable.Arguments).Exited(process);
            if (code != 0) status = 123;
        }

        return status;
    }

    public static async Routine<int> Which(Process process, IReadOnlyList<string> arguments)
    {
        var status = 0;
        foreach (var name in arguments.Skip(1).Where(a => a != "-a"))
        {
            if (Executable.Which(process.Files, process.Environment, process.WorkingDirectory, name) is { } path) await process.PrintLine(path);
            else status = 1;
        }

        return status;
    }

    public static async Routine<int> ReadLink(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "fnmesv");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var real = options.Has('f') || options.Name == "realpath";
        foreach (var operand in options.Operands)
        {
            var path = FileTools.Path(process, operand);
            if (real)
            {
                var place = process.Files.Locate(path);
                if (place.Inode is null && options.Name == "realpath") return await process.Fail(options.Name, $"{operand}: {OsException.TextOf(Errno.NoEntry)}");
                await process.PrintLine(place.Path);
            }
            else if (process.Files.Find(path, follow: false) is LinkInode link)
            {
                await process.PrintLine(link.Target);
            }
            else
            {
                return 1;
            }
        }

        return 0;
    }

    public static async Routine<int> MkTemp(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "dp:tuq");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var template = options.Operands.Count > 0 ? options.Operands[0] : (options.Value('p') ?? process.Variable("TMPDIR") ?? "/tmp") + "/tmp.XXXXXX";
        const string letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        var name = template.TrimEnd('X') + string.Concat(Enumerable.Range(0, template.Length - template.TrimEnd('X').Length).Select(_ => letters[process.Kernel.Random.Next(letters.Length)]));
        var path = FileTools.Path(process, name);
        if (options.Has('d')) process.Files.MakeDirectory(process, path);
        else process.Files.OpenToWrite(process, path, append: false).Release();
        await process.PrintLine(name);
        return 0;
    }

    public static async Routine<int> Stat(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "c:Lft");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        foreach (var operand in options.Operands)
        {
            if (process.Files.Find(FileTools.Path(process, operand), follow: options.Has('L')) is not { } inode) return await process.Fail(options.Name, $"can't stat '{operand}': {OsException.TextOf(Errno.NoEntry)}");
            var mode = Convert.ToString(inode.Mode, 8);
            var kind = inode switch { DirectoryInode => "directory", LinkInode => "symbolic link", DeviceInode => "character special file", FileInode { Length: 0 } => "regular empty file", _ => "regular file" };
            var format = options.Value('c') ?? "  File: %n\n  Size: %s\tBlocks: %b\tIO Block: 4096   %F\nAccess: (0%a/%A)  Uid: ( %u/ %U)   Gid: ( %g/ %G)\nModify: %y";
            string Name(int id) => process.Container.Image.UserName(id) ?? "UNKNOWN";
            await process.PrintLine(format.Replace("%n", operand, StringComparison.Ordinal).Replace("%s", Ls.SizeOf(inode).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("%b", ((Ls.SizeOf(inode) + 511) / 512).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("%F", kind, StringComparison.Ordinal)
                .Replace("%a", mode, StringComparison.Ordinal).Replace("%A", Ls.ModeText(inode), StringComparison.Ordinal).Replace("%u", inode.Uid.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("%g", inode.Gid.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("%U", Name(inode.Uid), StringComparison.Ordinal).Replace("%G", Name(inode.Gid), StringComparison.Ordinal)
                .Replace("%Y", inode.ModifiedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("%y", inode.ModifiedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fffffff00 +0000", CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }

        return 0;
    }

    public static async Routine<int> Find(Process process, IReadOnlyList<string> arguments)
    {
        var starts = arguments.Skip(1).TakeWhile(a => !a.StartsWith('-') && a != "!" && a != "(").ToList();
        var tests = arguments.Skip(1 + starts.Count).ToList();
        if (starts.Count == 0) starts.Add(".");
        var predicates = new List<Func<string, Inode, int, bool>>();
        var (most, least, delete) = (int.MaxValue, 0, false);
        List<string>? command = null;
        for (var i = 0; i < tests.Count; i++)
        {
            var negated = tests[i] == "!" || tests[i] == "-not";
            if (negated && ++i >= tests.Count) break;
            var value = i + 1 < tests.Count ? tests[i + 1] : "";
            Func<string, Inode, int, bool>? predicate = null;
            switch (tests[i])
            {
                case "-name": predicate = (p, _, _) => Shell.Pattern.Matches(value, FileSystem.NameOf(p)); i++; break;
                case "-iname": predicate = (p, _, _) => Shell.Pattern.Matches(value.ToLowerInvariant(), FileSystem.NameOf(p).ToLowerInvariant()); i++; break;
                case "-path": predicate = (p, _, _) => Shell.Pattern.Matches(value, p); i++; break;
                case "-type": predicate = (_, n, _) => value switch { "f" => n is FileInode or GeneratedInode, "d" => n is DirectoryInode, "l" => n is LinkInode, _ => n is DeviceInode }; i++; break;
                case "-empty": predicate = (_, n, _) => n is FileInode { Length: 0 } or DirectoryInode { IsEmpty: true }; break;
                case "-maxdepth": most = int.TryParse(value, out var m) ? m : most; i++; break;
                case "-mindepth": least = int.TryParse(value, out var l) ? l : least; i++; break;
                case "-print" or "-print0": break;
                case "-delete": delete = true; break;
                case "-exec":
                    command = [.. tests.Skip(i + 1).TakeWhile(t => t is not (";" or "+"))];
                    i += command.Count + 1;
                    break;
                default: return await process.Fail(arguments[0], $"unrecognized: {tests[i]}");
            }

            if (predicate is not null) predicates.Add(negated ? (p, n, d) => !predicate(p, n, d) : predicate);
        }

        var status = 0;
        var output = new TextOutput(process);
        foreach (var start in starts)
        {
            if (process.Files.Find(FileTools.Path(process, start), follow: false) is null)
            {
                status = await process.Fail(arguments[0], $"{start}: {OsException.TextOf(Errno.NoEntry)}");
                continue;
            }

            var found = FileTools.Tree(process, FileTools.Path(process, start)).Select(p => p[FileTools.Path(process, start).Length..]).ToList();
            if (delete) found.Reverse();
            foreach (var rest in found)
            {
                var shown = start.TrimEnd('/') + rest;
                if (shown.Length == 0) shown = "/";
                var depth = rest.Count(c => c == '/');
                if (depth < least || depth > most || process.Files.Find(FileTools.Path(process, shown), follow: false) is not { } inode || !predicates.TrueForAll(t => t(shown, inode, depth))) continue;
                if (delete) process.Files.Remove(process, FileTools.Path(process, shown));
                else if (command is null) await output.Line(shown);
                else
                {
                    await output.Flush();
                    List<string> line = [.. command.Select(c => c.Replace("{}", shown, StringComparison.Ordinal))];
                    var executable = Executable.Resolve(process.Files, process.Environment, process.WorkingDirectory, line);
                    if (executable.Program is not null) await process.Spawn(executable.Program, executable.Arguments).Exited(process);
                }
            }
        }

        await output.Flush();
        return status;
    }

    public static async Routine<int> Base64(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "dDw:", "decode=d wrap=w");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var bytes = await All(process, options.Name, options.Operands.Count > 0 ? options.Operands[0] : "-");
        if (bytes is null) return 1;
        if (options.Has('d') || options.Has('D'))
        {
            try
            {
                await process.Write(1, Convert.FromBase64String(Encoding.ASCII.GetString(bytes).ReplaceLineEndings("")));
                return 0;
            }
            catch (FormatException)
            {
                return await process.Fail(options.Name, "truncated base64 input");
            }
        }

        var text = Convert.ToBase64String(bytes);
        var width = int.TryParse(options.Value('w'), out var w) ? w : 76;
        for (; width > 0 && text.Length > width; text = text[width..]) await process.PrintLine(text[..width]);
        await process.Print(width == 0 ? text : text + "\n");
        return 0;
    }

    public static async Routine<int> Sum(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "csw");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var status = 0;
        foreach (var path in options.Operands.Count == 0 ? ["-"] : options.Operands)
        {
            var bytes = await All(process, options.Name, path);
            if (bytes is null)
            {
                status = 1;
                continue;
            }

            var digest = options.Name switch
            {
#pragma warning disable CA5350, CA5351 // The tools are named for these algorithms; nothing is protected by them.
                "md5sum" => MD5.HashData(bytes),
                "sha1sum" => SHA1.HashData(bytes),
#pragma warning restore CA5350, CA5351
                "sha512sum" => SHA512.HashData(bytes),
                _ => SHA256.HashData(bytes),
            };
            await process.PrintLine($"{Convert.ToHexStringLower(digest)}  {path}");
        }

        return status;
    }

    public static async Routine<int> Expr(Process process, IReadOnlyList<string> arguments)
    {
        var result = new ExprEvaluator([.. arguments.Skip(1)]);
        var value = result.Evaluate();
        if (value is null) return await process.Fail(arguments[0], "syntax error", 2);
        await process.PrintLine(value);
        return value is "" or "0" ? 1 : 0;
    }

    public static async Routine<int> Dd(Process process, IReadOnlyList<string> arguments)
    {
        var given = arguments.Skip(1).Select(a => a.Split('=', 2)).Where(a => a.Length == 2).ToDictionary(a => a[0], a => a[1]);
        var size = given.TryGetValue("bs", out var bs) ? Head.SizeOf(bs) ?? 512 : 512;
        var count = given.TryGetValue("count", out var c) ? Head.SizeOf(c) ?? 0 : long.MaxValue;
        var input = given.TryGetValue("if", out var path) ? await TextInput.OpenFile(process, "dd", path) : process.File(0)?.Share();
        if (input is null) return 1;
        var output = given.TryGetValue("of", out var target) ? process.Files.OpenToWrite(process, FileTools.Path(process, target), append: false) : process.File(1)?.Share() ?? new NullFile();
        var wanted = count == long.MaxValue ? long.MaxValue : count * size;
        var copied = 0L;
        while (copied < wanted && await input.Read(process, (int)Math.Min(Math.Min(size, wanted - copied), 1024 * 1024)) is { IsEmpty: false } chunk)
        {
            await process.Spend(1 + (chunk.Length / 4096));
            await output.Write(process, chunk);
            copied += chunk.Length;
        }

        input.Release();
        output.Release();
        await process.Error($"{copied / size}+{(copied % size > 0 ? 1 : 0)} records in\n{copied / size}+{(copied % size > 0 ? 1 : 0)} records out\n{copied} bytes ({Ls.Human(copied)}B) copied");
        return 0;
    }

    public static async Routine<byte[]?> All(Process process, string name, string path)
    {
        if (await TextInput.OpenFile(process, name, path) is not { } file) return null;
        var bytes = new List<byte>();
        while (await file.Read(process, 64 * 1024) is { IsEmpty: false } chunk) bytes.AddRange(chunk.Span);
        file.Release();
        return [.. bytes];
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        var started = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (started) words.Add(word.ToString());
                word.Clear();
                started = false;
                continue;
            }

            started = true;
            if (c == quote) quote = '\0';
            else if (quote == '\0' && c is '\'' or '"') quote = c;
            else if (quote == '\0' && c == '\\' && i + 1 < text.Length) word.Append(text[++i]);
            else word.Append(c);
        }

        if (started) words.Add(word.ToString());
        return words;
    }
}

/// <summary>The expressions of expr.</summary>
internal sealed class ExprEvaluator(List<string> words)
{
    private static readonly string[][] Levels = [["|"], ["&"], ["=", "==", "!=", "<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"], [":"]];
    private int _at;
    private bool _failed;

    /// <summary>Null if the words are no expression.</summary>
    public string? Evaluate()
    {
        var value = Level(0, 0);
        return _failed || _at != words.Count ? null : value;
    }

    private string Level(int level, int depth)
    {
        if (level == Levels.Length) return Primary(depth);
        var left = Level(level + 1, depth);
        while (!_failed && _at < words.Count && Levels[level].Contains(words[_at]))
        {
            var op = words[_at++];
            left = Apply(op, left, Level(level + 1, depth));
        }

        return left;
    }

    private string Primary(int depth)
    {
        if (_at >= words.Count || depth > 50)
        {
            _failed = true;
            return "";
        }

        var word = words[_at++];
        if (word == "length" && _at < words.Count) return words[_at++].Length.ToString(CultureInfo.InvariantCulture);
        if (word == "match" && _at + 1 < words.Count)
        {
            _at += 2;
            return Apply(":", words[_at - 2], words[_at - 1]);
        }

        if (word == "substr" && _at + 2 < words.Count)
        {
            _at += 3;
            var (from, count) = (int.TryParse(words[_at - 2], out var f) ? f : 0, int.TryParse(words[_at - 1], out var c) ? c : 0);
            var text = words[_at - 3];
            return from < 1 || from > text.Length || count < 1 ? "" : text.Substring(from - 1, Math.Min(count, text.Length - from + 1));
        }

        if (word != "(") return word;
        var value = Level(0, depth + 1);
        if (_at >= words.Count || words[_at++] != ")") _failed = true;
        return value;
    }

    private string Apply(string op, string left, string right)
    {
        static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
        if (op == "|") return left is "" or "0" ? right : left;
        if (op == "&") return left is "" or "0" || right is "" or "0" ? "0" : left;
        if (op == ":")
        {
            var match = Regexes.Make("^" + right, extended: false, ignoreCase: false)?.Match(left);
            if (match is not { Success: true }) return right.Contains("\\(", StringComparison.Ordinal) ? "" : "0";
            return match.Groups.Count > 1 ? match.Groups[1].Value : Text(match.Length);
        }

        var numbers = long.TryParse(left, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var a) & long.TryParse(right, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var b);
        var order = numbers ? a.CompareTo(b) : string.CompareOrdinal(left, right);
        switch (op)
        {
            case "=" or "==": return order == 0 ? "1" : "0";
            case "!=": return order != 0 ? "1" : "0";
            case "<": return order < 0 ? "1" : "0";
            case "<=": return order <= 0 ? "1" : "0";
            case ">": return order > 0 ? "1" : "0";
            case ">=": return order >= 0 ? "1" : "0";
        }

        if (!numbers || (op is "/" or "%" && b == 0))
        {
            _failed = true;
            return "";
        }

        return Text(unchecked(op switch { "+" => a + b, "-" => a - b, "*" => a * b, "/" => b == -1 ? -a : a / b, _ => b == -1 ? 0 : a % b }));
    }
}
