using System.Globalization;
using System.Text;

namespace AkkaKube.Runtime.Applets;

/// <summary>cut</summary>
internal static class Cut
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "b:c:d:f:sn", "fields=f delimiter=d characters=c bytes=b only-delimited=s");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var list = options.Value('f') ?? options.Value('c') ?? options.Value('b');
        if (list is null) return await process.Fail(options.Name, "expected a list of bytes, characters, or fields");
        var ranges = new List<(int From, int To)>();
        foreach (var item in list.Split(','))
        {
            var dash = item.IndexOf('-', StringComparison.Ordinal);
            var from = dash == 0 ? "1" : dash < 0 ? item : item[..dash];
            var to = dash < 0 ? item : dash == item.Length - 1 ? "2147483647" : item[(dash + 1)..];
            if (!int.TryParse(from, out var first) || !int.TryParse(to, out var last) || first < 1 || last < first) return await process.Fail(options.Name, $"invalid range {item}");
            ranges.Add((first, last));
        }

        bool Wanted(int number) => ranges.Exists(r => r.From <= number && number <= r.To);
        var delimiter = options.Value('d') is { Length: > 0 } d ? d[..1] : "\t";
        return await Each.Line(process, options, async (line, output) =>
        {
            if (!options.Has('f')) return await output.Line(string.Concat(line.Where((_, i) => Wanted(i + 1))));
            if (!line.Contains(delimiter, StringComparison.Ordinal)) return options.Has('s') || await output.Line(line);
            return await output.Line(string.Join(delimiter, line.Split(delimiter).Where((_, i) => Wanted(i + 1))));
        });
    }
}

/// <summary>sort</summary>
internal static class Sort
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "rnuk:t:fbhVo:sdicg", "reverse=r numeric-sort=n unique=u key=k field-separator=t output=o");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var lines = new List<string>();
        var status = await Each.Line(process, options, (line, _) =>
        {
            lines.Add(line);
            return Routine.Of(true);
        });
        if (status != 0) return 2;
        var keys = options.Values('k').Select(k => Key.Parse(k, options)).ToList();
        if (keys.Count == 0) keys.Add(new Key(1, int.MaxValue, options.Has('n') || options.Has('g') || options.Has('h'), options.Has('r'), options.Has('f')));
        int Compare(string a, string b)
        {
            foreach (var key in keys)
            {
                if (key.Compare(a, b, options.Value('t')) is var order and not 0) return order;
            }

            return 0;
        }

        var sorted = lines.Order(Comparer<string>.Create((a, b) => Compare(a, b) is var order && order != 0 ? order : options.Has('u') || options.Has('s') ? 0 : options.Has('r') ? string.CompareOrdinal(b, a) : string.CompareOrdinal(a, b))).ToList();
        if (options.Has('c')) return lines.SequenceEqual(sorted) ? 0 : 1;
        var result = new StringBuilder();
        string? previous = null;
        foreach (var line in sorted)
        {
            if (options.Has('u') && previous is not null && Compare(previous, line) == 0) continue;
            result.Append(line).Append('\n');
            previous = line;
        }

        await process.Spend(1 + (lines.Count / 16));
        if (options.Value('o') is { } path) process.Files.WriteAll(process, FileSystem.Join(process.WorkingDirectory, path), Encoding.UTF8.GetBytes(result.ToString()));
        else await process.Print(result.ToString());
        return status;
    }

    private sealed record Key(int From, int To, bool Numeric, bool Reverse, bool IgnoreCase)
    {
        public static Key Parse(string text, AppletOptions options)
        {
            var parts = text.Split(',', 2);
            var flags = string.Concat(parts.Select(p => p.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.')));
            int Field(string part, int otherwise) => int.TryParse(string.Concat(part.TakeWhile(char.IsAsciiDigit)), out var field) ? Math.Max(1, field) : otherwise;
            bool Has(char letter) => flags.Contains(letter, StringComparison.Ordinal) || (flags.Length == 0 && options.Has(letter));
            return new Key(Field(parts[0], 1), parts.Length > 1 ? Field(parts[1], int.MaxValue) : int.MaxValue, Has('n') || Has('g') || Has('h'), Has('r'), Has('f'));
        }

        public int Compare(string a, string b, string? separator)
        {
            var (x, y) = (Of(a, separator), Of(b, separator));
            var order = Numeric ? Value(x).CompareTo(Value(y)) : string.CompareOrdinal(IgnoreCase ? x.ToUpperInvariant() : x, IgnoreCase ? y.ToUpperInvariant() : y);
            return Reverse ? -order : order;
        }

        private static double Value(string text)
        {
            var number = string.Concat(text.TrimStart().TakeWhile((c, i) => char.IsAsciiDigit(c) || c == '.' || (c is '-' && i == 0)));
            return double.TryParse(number, CultureInfo.InvariantCulture, out var value) ? value : 0;
        }

        private string Of(string line, string? separator)
        {
            if (From == 1 && To == int.MaxValue) return line;
            var fields = separator is { Length: > 0 } ? line.Split(separator[0]) : line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            return string.Join(separator ?? " ", fields.Skip(From - 1).Take(To == int.MaxValue ? int.MaxValue : To - From + 1));
        }
    }
}

/// <summary>uniq</summary>
internal static class Uniq
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "cduif:s:w:");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        string? last = null;
        var count = 0;
        async Routine<bool> Put(TextOutput output)
        {
            if (last is null || (options.Has('d') && count < 2) || (options.Has('u') && count > 1)) return true;
            return await output.Line(options.Has('c') ? $"{count,7} {last}" : last);
        }

        var end = new TextOutput(process);
        var status = await Each.Line(process, options, async (line, output) =>
        {
            if (last is not null && string.Equals(last, line, options.Has('i') ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
            {
                count++;
                return true;
            }

            await Put(output);
            (last, count) = (line, 1);
            return true;
        });
        await Put(end);
        await end.Flush();
        return status;
    }
}

/// <summary>wc</summary>
internal static class Wc
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "lwcmL", "lines=l words=w bytes=c chars=m");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var status = 0;
        long[] total = [0, 0, 0];
        foreach (var path in options.Operands.Count == 0 ? ["-"] : options.Operands)
        {
            if (await TextInput.OpenFile(process, options.Name, path) is not { } file)
            {
                status = 1;
                continue;
            }

            long[] counts = [0, 0, 0];
            var inWord = false;
            while (await file.Read(process, 64 * 1024) is { IsEmpty: false } chunk)
            {
                await process.Spend(1 + (chunk.Length / 1024));
                foreach (var b in chunk.Span)
                {
                    if (b == '\n') counts[0]++;
                    var blank = b is (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r';
                    if (!blank && !inWord) counts[1]++;
                    inWord = !blank;
                    counts[2]++;
                }
            }

            file.Release();
            await Put(process, options, counts, options.Operands.Count == 0 ? "" : path);
            for (var i = 0; i < 3; i++) total[i] += counts[i];
        }

        if (options.Operands.Count > 1) await Put(process, options, total, "total");
        return status;
    }

    private static Routine<bool> Put(Process process, AppletOptions options, long[] counts, string path)
    {
        var chosen = new List<long>();
        if (options.Has('l')) chosen.Add(counts[0]);
        if (options.Has('w')) chosen.Add(counts[1]);
        if (options.Has('c') || options.Has('m')) chosen.Add(counts[2]);
        if (chosen.Count == 0) chosen.AddRange(counts);
        var text = chosen.Count == 1 && options.Operands.Count < 2 ? chosen[0].ToString(CultureInfo.InvariantCulture) : string.Join(' ', chosen.Select(c => $"{c,9}"));
        return process.PrintLine(path.Length == 0 ? text : text + " " + path);
    }
}

/// <summary>tr</summary>
internal static class Tr
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "cdsC", "delete=d squeeze-repeats=s complement=c");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        if (options.Operands.Count == 0) return await process.Fail(options.Name, "missing operand");
        var first = Set(options.Operands[0]);
        if (options.Has('c') || options.Has('C')) first = string.Concat(Enumerable.Range(0, 256).Select(i => (char)i).Where(c => !first.Contains(c, StringComparison.Ordinal)));
        var second = options.Operands.Count > 1 ? Set(options.Operands[1]) : "";
        var map = new int[256];
        for (var i = 0; i < 256; i++)
        {
            var at = first.IndexOf((char)i, StringComparison.Ordinal);
            map[i] = at < 0 ? i : options.Has('d') ? -1 : second.Length == 0 ? i : second[Math.Min(at, second.Length - 1)] & 0xFF;
        }

        var squeezed = options.Has('s') ? (second.Length > 0 ? second : first) : "";
        var last = -1;
        while (await process.Read() is { IsEmpty: false } chunk)
        {
            await process.Spend(1 + (chunk.Length / 1024));
            var result = new List<byte>(chunk.Length);
            foreach (var b in chunk.Span)
            {
                var mapped = map[b];
                if (mapped < 0 || (mapped == last && squeezed.Contains((char)mapped, StringComparison.Ordinal))) continue;
                result.Add((byte)mapped);
                last = mapped;
            }

            await process.Write(1, result.ToArray());
        }

        return 0;
    }

    private static string Set(string text)
    {
        text = text.Replace("[:upper:]", "A-Z", StringComparison.Ordinal).Replace("[:lower:]", "a-z", StringComparison.Ordinal).Replace("[:digit:]", "0-9", StringComparison.Ordinal)
            .Replace("[:alpha:]", "A-Za-z", StringComparison.Ordinal).Replace("[:alnum:]", "A-Za-z0-9", StringComparison.Ordinal).Replace("[:space:]", " \\t\\n\\v\\f\\r", StringComparison.Ordinal)
            .Replace("[:blank:]", " \\t", StringComparison.Ordinal).Replace("[:punct:]", "!-/:-@[-`{-~", StringComparison.Ordinal).Replace("[:print:]", " -~", StringComparison.Ordinal);
        text = Shell.Escapes.Expand(text, out _);
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 2 < text.Length && text[i + 1] == '-' && text[i] <= text[i + 2])
            {
                for (var c = text[i]; c <= text[i + 2] && c < 256; c++) result.Append(c);
                i += 2;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }
}

/// <summary>rev, tac, nl and fold by their names.</summary>
internal static class Rearrange
{
    public static async Routine<int> Rev(Process process, IReadOnlyList<string> arguments) =>
        await Each.Line(process, AppletOptions.Parse(arguments, ""), (line, output) => output.Line(new string([.. line.Reverse()])));

    public static async Routine<int> Tac(Process process, IReadOnlyList<string> arguments)
    {
        var lines = new List<string>();
        var status = await Each.Line(process, AppletOptions.Parse(arguments, ""), (line, _) =>
        {
            lines.Add(line);
            return Routine.Of(true);
        });
        lines.Reverse();
        await process.Print(string.Concat(lines.Select(l => l + "\n")));
        return status;
    }

    public static async Routine<int> Nl(Process process, IReadOnlyList<string> arguments)
    {
        var number = 0;
        return await Each.Line(process, AppletOptions.Parse(arguments, "b:w:"), (line, output) => output.Line(line.Length == 0 ? "" : $"{++number,6}\t{line}"));
    }

    public static async Routine<int> Fold(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "w:s", "width=w");
        var width = int.TryParse(options.Value('w'), out var given) && given > 0 ? given : 80;
        return await Each.Line(process, options, async (line, output) =>
        {
            for (; line.Length > width; line = line[width..]) await output.Line(line[..width]);
            return await output.Line(line);
        });
    }
}

/// <summary>What many text tools do: a step for every line of the files named, or of standard input.</summary>
internal static class Each
{
    public static async Routine<int> Line(Process process, AppletOptions options, Func<string, TextOutput, Routine<bool>> step)
    {
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var status = 0;
        var output = new TextOutput(process);
        foreach (var path in options.Operands.Count == 0 ? ["-"] : options.Operands)
        {
            if (await TextInput.Open(process, options.Name, path) is not { } input)
            {
                status = 1;
                continue;
            }

            while (await input.Next() is { } line)
            {
                await step(line, output);
                if (!input.HasMore) await output.Flush();
            }

            input.Close();
        }

        await output.Flush();
        return status;
    }
}
