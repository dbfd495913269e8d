using System.Text;

namespace AkkaKube.Runtime.Applets;

/// <summary>Lines of a file or of standard input.</summary>
internal sealed class TextInput(Process process, OpenFile file)
{
    private readonly List<byte> _rest = [];
    private int _at;
    private bool _ended;

    /// <summary>Whether the line read last had its newline.</summary>
    public bool HadNewline { get; private set; }

    /// <summary>Whether the next line is here already, without waiting.</summary>
    public bool HasMore => _rest.IndexOf((byte)'\n', _at) >= 0;

    /// <summary>Opens a file, or standard input for <c>-</c>; null, with the error printed, if it cannot be opened.</summary>
    public static async Routine<TextInput?> Open(Process process, string name, string path)
    {
        var file = await OpenFile(process, name, path);
        return file is null ? null : new TextInput(process, file);
    }

    public static async Routine<OpenFile?> OpenFile(Process process, string name, string path)
    {
        if (path == "-") return process.File(0)?.Share() ?? new NullFile();
        try
        {
            return process.Files.OpenToRead(process, FileSystem.Join(process.WorkingDirectory, path));
        }
        catch (OsException error)
        {
            var opens = name is "cat" or "tail" or "uniq" or "dd" || name.EndsWith("sum", StringComparison.Ordinal);
            await process.Error(error.Errno == Errno.IsADirectory ? $"{name}: {(name == "wc" ? path : "read error")}: {error.Message}" : opens ? $"{name}: can't open '{path}': {error.Message}" : $"{name}: {path}: {error.Message}");
            return null;
        }
    }

    /// <summary>The next line if it has arrived; null if it would have to be waited for, or at the end.</summary>
    public string? NextIfHere()
    {
        var newline = _rest.IndexOf((byte)'\n', _at);
        if (newline < 0) return null;
        var line = Text(_at, newline - _at);
        _at = newline + 1;
        return line;
    }

    /// <summary>The next line without its newline; null at the end.</summary>
    public async Routine<string?> Next()
    {
        while (true)
        {
            var newline = _rest.IndexOf((byte)'\n', _at);
            if (newline >= 0)
            {
                var line = Text(_at, newline - _at);
                _at = newline + 1;
                HadNewline = true;
                return line;
            }

            if (_ended)
            {
                if (_at >= _rest.Count) return null;
                var line = Text(_at, _rest.Count - _at);
                _at = _rest.Count;
                HadNewline = false;
                return line;
            }

            _rest.RemoveRange(0, _at);
            _at = 0;
            var chunk = await file.Read(process, 16 * 1024);
            await process.Spend(1 + (chunk.Length / 256));
            if (chunk.IsEmpty) _ended = true;
            else _rest.AddRange(chunk.Span);
        }
    }

    public void Close() => file.Release();

    private string Text(int start, int length) => Encoding.UTF8.GetString(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_rest).Slice(start, length));
}

/// <summary>Collects output and writes it in larger pieces.</summary>
internal sealed class TextOutput(Process process)
{
    private readonly StringBuilder _text = new();

    public async Routine<bool> Line(string line)
    {
        _text.Append(line).Append('\n');
        return _text.Length < 4096 || await Flush();
    }

    public async Routine<bool> Raw(string text)
    {
        _text.Append(text);
        return _text.Length < 4096 || await Flush();
    }

    public async Routine<bool> Flush()
    {
        if (_text.Length == 0) return true;
        var text = _text.ToString();
        _text.Clear();
        await process.Spend(1 + (text.Length / 1024));
        return await process.Print(text);
    }
}
