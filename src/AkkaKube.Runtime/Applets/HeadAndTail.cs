using System.Globalization;

namespace AkkaKube.Runtime.Applets;

/// <summary>head</summary>
internal static class Head
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(Modern(arguments), "n:c:qv", "lines=n bytes=c quiet=q verbose=v");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var count = SizeOf(options.Value('c') ?? options.Value('n') ?? "10");
        if (count is null) return await process.Fail(options.Name, $"invalid number '{options.Value('c') ?? options.Value('n')}'");
        var paths = options.Operands.Count == 0 ? ["-"] : options.Operands;
        var status = 0;
        for (var i = 0; i < paths.Count; i++)
        {
            if (await TextInput.OpenFile(process, options.Name, paths[i]) is not { } file)
            {
                status = 1;
                continue;
            }

            if ((paths.Count > 1 || options.Has('v')) && !options.Has('q')) await process.PrintLine($"{(i > 0 ? "\n" : "")}==> {paths[i]} <==");
            if (options.Has('c')) await Bytes(process, file, count.Value);
            else await Lines(process, new TextInput(process, file), count.Value);
            file.Release();
        }

        return status;
    }

    /// <summary>The old form <c>-5</c> as <c>-n 5</c>.</summary>
    public static IReadOnlyList<string> Modern(IReadOnlyList<string> arguments) =>
        [.. arguments.SelectMany((a, i) => i > 0 && a.Length > 1 && a[0] is '-' or '+' && char.IsAsciiDigit(a[1]) && (i == 1 || arguments[i - 1] is not ("-n" or "-c")) ? (string[])["-n", a[0] == '+' ? a : a[1..]] : [a])];

    /// <summary>A count, with k or m for thousands and millions.</summary>
    public static long? SizeOf(string text)
    {
        var factor = text.Length > 0 ? text[^1] switch { 'k' or 'K' => 1024, 'm' or 'M' => 1024 * 1024, 'b' => 512, _ => 1 } : 1;
        return long.TryParse(factor == 1 ? text : text[..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value * factor : null;
    }

    private static async Routine<bool> Bytes(Process process, OpenFile file, long count)
    {
        while (count > 0 && await file.Read(process, (int)Math.Min(count, 64 * 1024)) is { IsEmpty: false } chunk)
        {
            count -= chunk.Length;
            await process.Spend();
            await process.Write(1, chunk);
        }

        return true;
    }

    private static async Routine<bool> Lines(Process process, TextInput input, long count)
    {
        var held = new Queue<string>();
        for (var taken = 0L; count < 0 || taken < count; taken++)
        {
            if (await input.Next() is not { } line) break;
            held.Enqueue(line + (input.HadNewline ? "\n" : ""));
            // head -n -3 prints all but the last three.
            if (count >= 0 || held.Count > -count) await process.Print(held.Dequeue());
        }

        return true;
    }
}

/// <summary>tail</summary>
internal static class Tail
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(Head.Modern(arguments), "n:c:fFqvs:", "lines=n bytes=c follow=f quiet=q");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var text = options.Value('c') ?? options.Value('n') ?? "10";
        if (Head.SizeOf(text) is not { } count) return await process.Fail(options.Name, $"invalid number '{text}'");
        var paths = options.Operands.Count == 0 ? ["-"] : options.Operands;
        var status = 0;
        var open = new List<OpenFile>();
        for (var i = 0; i < paths.Count; i++)
        {
            if (await TextInput.OpenFile(process, options.Name, paths[i]) is not { } file)
            {
                status = 1;
                continue;
            }

            if (paths.Count > 1 && !options.Has('q')) await process.PrintLine($"{(i > 0 ? "\n" : "")}==> {paths[i]} <==");
            await End(process, file, Math.Abs(count), fromStart: text.StartsWith('+'), bytes: options.Has('c'));
            open.Add(file);
        }

        if (open.Count == 0) return await process.Fail(options.Name, "no files");
        while ((options.Has('f') || options.Has('F')) && open.Count > 0)
        {
            await process.Sleep(Interval);
            foreach (var file in open)
            {
                while (await file.Read(process, 64 * 1024) is { IsEmpty: false } chunk) await process.Write(1, chunk);
            }
        }

        foreach (var file in open) file.Release();
        return status;
    }

    private static async Routine<bool> End(Process process, OpenFile file, long count, bool fromStart, bool bytes)
    {
        var content = new List<byte>();
        while (await file.Read(process, 64 * 1024) is { IsEmpty: false } chunk)
        {
            await process.Spend(1 + (chunk.Length / 4096));
            content.AddRange(chunk.Span);
            // What cannot be printed any more is forgotten on the way.
            if (!fromStart && content.Count > 4 * 1024 * 1024) content.RemoveRange(0, content.Count - (2 * 1024 * 1024));
        }

        var all = content.ToArray();
        var start = bytes
            ? fromStart ? Math.Min(Math.Max(count - 1, 0), all.Length) : Math.Max(0, all.Length - count)
            : fromStart ? StartOfLine(all, count - 1) : StartOfLine(all, Math.Max(0, LinesIn(all) - count));
        await process.Write(1, all.AsMemory((int)start));
        return true;
    }

    private static long LinesIn(byte[] bytes) => bytes.Count(b => b == '\n') + (bytes.Length > 0 && bytes[^1] != '\n' ? 1 : 0);

    private static long StartOfLine(byte[] bytes, long line)
    {
        var at = 0;
        for (; line > 0 && at < bytes.Length; at++)
        {
            if (bytes[at] == '\n') line--;
        }

        return at;
    }
}
