using System.Text.RegularExpressions;

namespace AkkaKube.Runtime.Applets;

/// <summary>grep, egrep and fgrep</summary>
internal static class Grep
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "EFivnclLqsohHwxe:f:m:rRA:B:C:", "extended-regexp=E fixed-strings=F ignore-case=i invert-match=v line-number=n count=c quiet=q only-matching=o recursive=r color=s");
        if (options.Error is { } error) return await process.Fail(options.Name, error, 2);
        var operands = options.Operands.ToList();
        var patterns = options.Values('e').ToList();
        if (patterns.Count == 0)
        {
            if (operands.Count == 0) return await process.Fail(options.Name, "usage: grep [-HhnlLoqvsrRiwFE] [-m N] PATTERN [FILE]...", 2);
            patterns.AddRange(operands[0].Split('\n'));
            operands.RemoveAt(0);
        }

        var regexes = new List<Regex>();
        foreach (var pattern in patterns)
        {
            var text = options.Has('F') || options.Name == "fgrep" ? Regexes.Quote(pattern) : pattern;
            var isExtended = options.Has('E') || options.Has('F') || options.Name is "egrep" or "fgrep";
            if (Regexes.Make(options.Has('w') ? isExtended ? $@"\b({text})\b" : $@"\b\({text}\)\b" : text, isExtended, options.Has('i'), wholeLine: options.Has('x')) is not { } regex)
            {
                return await process.Fail(options.Name, $"bad regex '{pattern}'", 2);
            }

            regexes.Add(regex);
        }

        var paths = operands.Count == 0 ? ["-"] : options.Has('r') || options.Has('R') ? [.. operands.SelectMany(o => Files(process, o))] : operands;
        var named = (paths.Count > 1 || options.Has('H') || options.Has('r') || options.Has('R')) && !options.Has('h');
        var search = new Search(process, options, regexes);
        var failed = false;
        foreach (var path in paths)
        {
            TextInput? input = null;
            var full = FileSystem.Join(process.WorkingDirectory, path);
            if (path != "-" && process.Files.Find(full) is null or DirectoryInode)
            {
                failed = true;
                if (!options.Has('s')) await process.Error($"{options.Name}: {path}: {OsException.TextOf(process.Files.Find(full) is null ? Errno.NoEntry : Errno.IsADirectory)}");
                continue;
            }

            input = await TextInput.Open(process, options.Name, path);
            if (input is null) failed = true;
            else await search.In(input, path == "-" ? "(standard input)" : path, named);
            if (options.Has('q') && search.Found) return 0;
        }

        return failed && !options.Has('q') ? 2 : search.Found ? 0 : 1;
    }

    private static IEnumerable<string> Files(Process process, string path)
    {
        var full = FileSystem.Join(process.WorkingDirectory, path);
        if (process.Files.Find(full) is not DirectoryInode directory) return [path];
        return process.Files.List(full, directory).SelectMany(e => e.Value is DirectoryInode or FileInode ? Files(process, FileSystem.Join(path, e.Key)) : []);
    }

    private sealed class Search(Process process, AppletOptions options, List<Regex> regexes)
    {
        private readonly int _after = Context(options, 'A');
        private readonly int _before = Context(options, 'B');
        private readonly long _most = long.TryParse(options.Value('m'), out var most) ? most : long.MaxValue;

        public bool Found { get; private set; }

        public async Routine<bool> In(TextInput input, string path, bool named)
        {
            var name = named ? path : null;
            var output = new TextOutput(process);
            var earlier = new Queue<(int Number, string Line)>();
            var (number, count, stillAfter, lastPrinted) = (0, 0L, 0, 0);
            while (count < _most && await input.Next() is { } line)
            {
                number++;
                var hit = regexes.Exists(r => r.IsMatch(line)) != options.Has('v');
                if (hit)
                {
                    count++;
                    Found = true;
                    if (options.Has('q') || options.Has('l')) break;
                }

                if (options.Has('c') || options.Has('L')) continue;
                if (hit)
                {
                    if (lastPrinted > 0 && (_before > 0 || _after > 0) && number - earlier.Count > lastPrinted + 1) await output.Line("--");
                    while (earlier.TryDequeue(out var before)) await output.Line(Prefix(name, before.Number, '-') + before.Line);
                    if (options.Has('o') && !options.Has('v'))
                    {
                        foreach (var match in regexes.SelectMany(r => r.Matches(line)).Where(m => m.Length > 0)) await output.Line(Prefix(name, number, ':') + match.Value);
                    }
                    else
                    {
                        await output.Line(Prefix(name, number, ':') + line);
                    }

                    lastPrinted = number;
                    stillAfter = _after;
                }
                else if (stillAfter > 0)
                {
                    stillAfter--;
                    lastPrinted = number;
                    await output.Line(Prefix(name, number, '-') + line);
                }
                else if (_before > 0)
                {
                    earlier.Enqueue((number, line));
                    if (earlier.Count > _before) earlier.Dequeue();
                }

                if (!input.HasMore) await output.Flush();
            }

            if (options.Has('c') && !options.Has('q')) await output.Line((name is null ? "" : name + ":") + count);
            if (options.Has('l') && !options.Has('q') && count > 0) await output.Line(path);
            if (options.Has('L') && count == 0) await output.Line(path);
            await output.Flush();
            input.Close();
            return true;
        }

        private static int Context(AppletOptions options, char letter) => int.TryParse(options.Value(letter) ?? options.Value('C'), out var lines) ? lines : 0;

        private string Prefix(string? name, int number, char mark) => (name is null ? "" : name + mark) + (options.Has('n') ? $"{number}{mark}" : "");
    }
}
