using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AkkaKube.Runtime.Applets;

/// <summary>sed: addresses, and the commands s y d p P q = a i c n N D g G h H x b t T r w {} :</summary>
internal static class Sed
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "nrEe:f:is", "quiet=n silent=n regexp-extended=r expression=e in-place=i");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var operands = options.Operands.ToList();
        var script = string.Join('\n', options.Values('e'));
        foreach (var file in options.Values('f')) script += "\n" + Encoding.UTF8.GetString(process.Files.Read(process, FileSystem.Join(process.WorkingDirectory, file)).Span).TrimEnd('\n');
        if (script.Length == 0 && !options.Has('e') && !options.Has('f'))
        {
            if (operands.Count == 0) return await process.Fail(options.Name, "usage: sed [-inrE] [-e CMD]... [FILE]...");
            script = operands[0];
            operands.RemoveAt(0);
        }

        List<Step> steps;
        try
        {
            steps = SedScript.Parse(script, options.Has('r') || options.Has('E'));
        }
        catch (FormatException bad)
        {
            return await process.Fail(options.Name, bad.Message);
        }

        var status = 0;
        var paths = operands.Count == 0 ? ["-"] : operands;
        if (!options.Has('i')) return await new SedRun(process, steps, options.Has('n')).Over(paths, output: null) ? 0 : 1;
        foreach (var path in paths)
        {
            var output = new StringBuilder();
            if (!await new SedRun(process, steps, options.Has('n')).Over([path], output)) status = 1;
            else process.Files.WriteAll(process, FileSystem.Join(process.WorkingDirectory, path), Encoding.UTF8.GetBytes(output.ToString()));
        }

        return status;
    }

    /// <summary>A line number, the last line, or a regular expression.</summary>
    internal sealed record Address(long? Line, bool Last, Regex? Regex, long? Step = null, long? Plus = null);

    /// <summary>A command with its addresses.</summary>
    internal sealed record Step(Address? From, Address? To, bool Negated, char Name, string Text, Regex? Regex, string Replacement, int Nth, bool All, bool Print, string? File)
    {
        /// <summary>For a brace: where the one that closes it is.</summary>
        public int Jump { get; set; }
    }
}

/// <summary>Parses a sed script.</summary>
internal sealed class SedScript
{
    private readonly string _text;
    private readonly bool _extended;
    private readonly List<Sed.Step> _steps = [];
    private int _at;

    private SedScript(string text, bool extended) => (_text, _extended) = (text, extended);

    /// <summary>The steps of a script.</summary>
    /// <exception cref="FormatException">It is no script.</exception>
    public static List<Sed.Step> Parse(string text, bool extended)
    {
        var script = new SedScript(text, extended);
        script.All();
        return script._steps;
    }

    private void All()
    {
        var open = new Stack<int>();
        while (true)
        {
            while (_at < _text.Length && (char.IsWhiteSpace(_text[_at]) || _text[_at] == ';')) _at++;
            if (_at >= _text.Length) break;
            if (_text[_at] == '#')
            {
                while (_at < _text.Length && _text[_at] != '\n') _at++;
                continue;
            }

            var step = One();
            if (step.Name == '{') open.Push(_steps.Count);
            if (step.Name == '}')
            {
                if (!open.TryPop(out var start)) throw new FormatException("unexpected '}'");
                _steps[start].Jump = _steps.Count;
            }

            _steps.Add(step);
        }

        if (open.Count > 0) throw new FormatException("unmatched '{'");
    }

    private Sed.Step One()
    {
        var from = Address();
        Sed.Address? to = null;
        if (from is not null && _at < _text.Length && _text[_at] == ',')
        {
            _at++;
            to = Address() ?? throw new FormatException("no address after comma");
        }

        while (_at < _text.Length && _text[_at] == ' ') _at++;
        var negated = false;
        while (_at < _text.Length && _text[_at] is '!' or ' ')
        {
            negated |= _text[_at] == '!';
            _at++;
        }

        if (_at >= _text.Length) throw new FormatException("missing command");
        var name = _text[_at++];
        var step = new Sed.Step(from, to, negated, name, "", null, "", 1, false, false, null);
        switch (name)
        {
            case 's':
                return Substitute(step);
            case 'y':
                var parts = Delimited(2);
                if (parts[0].Length != parts[1].Length) throw new FormatException("strings for 'y' command are different lengths");
                return step with { Text = parts[0], Replacement = parts[1] };
            case 'a' or 'i' or 'c':
                return step with { Text = TextArgument() };
            case 'b' or 't' or 'T' or ':' or 'r' or 'w':
                var start = _at;
                while (_at < _text.Length && _text[_at] != '\n' && (_text[_at] != ';' || name is 'r' or 'w') && (_text[_at] != '}' || name == ':')) _at++;
                return step with { Text = _text[start.._at].Trim() };
            case 'd' or 'D' or 'p' or 'P' or 'q' or 'Q' or '=' or 'n' or 'N' or 'g' or 'G' or 'h' or 'H' or 'x' or 'l' or '{' or '}':
                if (name is 'q' or 'Q')
                {
                    var code = _at;
                    while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == ' ')) _at++;
                    return step with { Text = _text[code.._at].Trim() };
                }

                return step;
            default:
                throw new FormatException($"unsupported command {name}");
        }
    }

    private Sed.Address? Address()
    {
        if (_at >= _text.Length) return null;
        if (char.IsAsciiDigit(_text[_at]))
        {
            var line = Number();
            if (_at < _text.Length && _text[_at] == '~')
            {
                _at++;
                return new Sed.Address(line, false, null, Step: Number());
            }

            return new Sed.Address(line, false, null);
        }

        switch (_text[_at])
        {
            case '$':
                _at++;
                return new Sed.Address(null, true, null);
            case '+':
                _at++;
                return new Sed.Address(null, false, null, Plus: Number());
            case '/' or '\\':
                if (_text[_at] == '\\') _at++;
                var pattern = Delimited(1)[0];
                var ignoreCase = _at < _text.Length && _text[_at] == 'I';
                if (ignoreCase) _at++;
                return new Sed.Address(null, false, Make(pattern, ignoreCase));
            default:
                return null;
        }
    }

    private Regex Make(string pattern, bool ignoreCase) => Regexes.Make(pattern, _extended, ignoreCase) ?? throw new FormatException($"bad regex '{pattern}'");

    private long Number()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
        return long.TryParse(_text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw new FormatException("bad number");
    }

    private string[] Delimited(int count)
    {
        if (_at >= _text.Length) throw new FormatException("unterminated command");
        var delimiter = _text[_at++];
        var parts = new string[count];
        for (var i = 0; i < count; i++)
        {
            var part = new StringBuilder();
            var inBracket = false;
            while (true)
            {
                if (_at >= _text.Length) throw new FormatException("unterminated command");
                var c = _text[_at++];
                if (c == '\\' && _at < _text.Length)
                {
                    if (_text[_at] == delimiter) part.Append(_text[_at++]);
                    else part.Append(c).Append(_text[_at++]);
                    continue;
                }

                if (c == '[' && i == 0) inBracket = true;
                else if (c == ']') inBracket = false;
                if (c == delimiter && !inBracket) break;
                part.Append(c);
            }

            parts[i] = part.ToString();
        }

        return parts;
    }

    private Sed.Step Substitute(Sed.Step step)
    {
        var parts = Delimited(2);
        var (nth, all, print, ignoreCase, file) = (1, false, false, false, (string?)null);
        while (_at < _text.Length && _text[_at] is not (';' or '\n' or '}' or ' '))
        {
            if (char.IsAsciiDigit(_text[_at]))
            {
                nth = (int)Math.Min(Number(), int.MaxValue);
                continue;
            }

            switch (_text[_at++])
            {
                case 'g': all = true; break;
                case 'p': print = true; break;
                case 'i' or 'I': ignoreCase = true; break;
                case 'w':
                    var end = _text.IndexOf('\n', _at) is var newline && newline < 0 ? _text.Length : newline;
                    file = _text[_at..end].Trim();
                    _at = end;
                    break;
                default: throw new FormatException("bad option in substitution expression");
            }
        }

        return step with { Regex = Make(parts[0], ignoreCase), Replacement = parts[1], Nth = nth, All = all, Print = print, File = file };
    }

    private string TextArgument()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t') _at++;
        if (_at < _text.Length && _text[_at] == '\\')
        {
            _at++;
            while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\n')
            {
                if (_text[_at++] == '\n') break;
            }
        }

        var text = new StringBuilder();
        while (_at < _text.Length && _text[_at] != '\n')
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length) _at++;
            text.Append(_text[_at++]);
        }

        return text.ToString();
    }
}

/// <summary>Runs a sed script over its input.</summary>
internal sealed class SedRun(Process process, List<Sed.Step> steps, bool quiet)
{
    private readonly HashSet<int> _inRange = [];
    private readonly Dictionary<int, long> _rangeEnds = [];
    private readonly List<string> _appended = [];
    private TextOutput? _output;
    private StringBuilder? _collected;
    private List<string> _paths = [];
    private TextInput? _input;
    private string? _ahead;
    private bool _aheadNewline;
    private long _line;
    private string _pattern = "";
    private string _hold = "";
    private bool _newline;
    private bool _quit;
    private bool _failed;

    public async Routine<bool> Over(IReadOnlyList<string> paths, StringBuilder? output)
    {
        _output = new TextOutput(process);
        _collected = output;
        _paths = [.. paths];
        await ReadAhead();
        var keepPattern = false;
        while (!_quit && (keepPattern || await NextLine()))
        {
            keepPattern = await Cycle();
            if (_input is not { HasMore: true }) await _output.Flush();
        }

        await _output.Flush();
        return !_failed;
    }

    private async Routine<bool> ReadAhead()
    {
        while (true)
        {
            if (_input is null)
            {
                if (_paths.Count == 0)
                {
                    _ahead = null;
                    return false;
                }

                _input = await TextInput.Open(process, "sed", _paths[0]);
                _paths.RemoveAt(0);
                if (_input is null)
                {
                    _failed = true;
                    continue;
                }
            }

            _ahead = await _input.Next();
            _aheadNewline = _input.HadNewline;
            if (_ahead is not null) return true;
            _input.Close();
            _input = null;
        }
    }

    private async Routine<bool> NextLine()
    {
        if (_ahead is null) return false;
        (_pattern, _newline) = (_ahead, _aheadNewline);
        _line++;
        await ReadAhead();
        return true;
    }

    /// <summary>Runs the script once; true if the pattern space stays for the next time (D).</summary>
    private async Routine<bool> Cycle()
    {
        var substituted = false;
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            await process.Spend();
            if (!IsSelected(i, step))
            {
                if (step.Name == '{') i = step.Jump;
                continue;
            }

            switch (step.Name)
            {
                case 's':
                    if (!Substitute(step)) break;
                    substituted = true;
                    if (step.Print) await Put(_pattern, newline: true);
                    if (step.File is { } file) await ToFile(file);
                    break;
                case 'y':
                    _pattern = string.Concat(_pattern.Select(c => step.Text.IndexOf(c, StringComparison.Ordinal) is var at && at >= 0 ? step.Replacement[at] : c));
                    break;
                case 'd':
                    await Appended();
                    return false;
                case 'D':
                    if (!_pattern.Contains('\n', StringComparison.Ordinal)) return false;
                    _pattern = _pattern[(_pattern.IndexOf('\n', StringComparison.Ordinal) + 1)..];
                    return true;
                case 'p':
                    await Put(_pattern, newline: true);
                    break;
                case 'P':
                    await Put(_pattern.Split('\n')[0], newline: true);
                    break;
                case 'l':
                    await Put(_pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal) + "$", newline: true);
                    break;
                case 'q' or 'Q':
                    _quit = true;
                    if (step.Name == 'Q') return false;
                    i = steps.Count;
                    break;
                case '=':
                    await Put(_line.ToString(CultureInfo.InvariantCulture), newline: true);
                    break;
                case 'a':
                    _appended.Add(step.Text + "\n");
                    break;
                case 'i':
                    await Put(step.Text, newline: true);
                    break;
                case 'c':
                    if (step.To is null || !_inRange.Contains(i)) await Put(step.Text, newline: true);
                    return false;
                case 'n':
                    if (!quiet) await Put(_pattern, _newline);
                    await Appended();
                    if (!await NextLine())
                    {
                        _quit = true;
                        return false;
                    }

                    break;
                case 'N':
                    var held = _pattern;
                    if (!await NextLine())
                    {
                        _quit = true;
                        i = steps.Count;
                        break;
                    }

                    _pattern = held + "\n" + _pattern;
                    break;
                case 'g': _pattern = _hold; break;
                case 'G': _pattern += "\n" + _hold; break;
                case 'h': _hold = _pattern; break;
                case 'H': _hold += "\n" + _pattern; break;
                case 'x': (_pattern, _hold) = (_hold, _pattern); break;
                case 'r':
                    if (process.Files.Find(FileSystem.Join(process.WorkingDirectory, step.Text)) is FileInode inode) _appended.Add(Encoding.UTF8.GetString(inode.Content.Span));
                    break;
                case 'w':
                    await ToFile(step.Text);
                    break;
                case 'b' or 't' or 'T':
                    if (step.Name == 't' && !substituted) break;
                    if (step.Name == 'T' && substituted) break;
                    if (step.Name == 't') substituted = false;
                    i = step.Text.Length == 0 ? steps.Count : steps.FindIndex(s => s.Name == ':' && s.Text == step.Text) is var label && label >= 0 ? label : throw new OsException(Errno.InvalidArgument);
                    break;
            }
        }

        if (!quiet) await Put(_pattern, _newline);
        await Appended();
        return false;
    }

    private bool IsSelected(int index, Sed.Step step)
    {
        if (step.From is null) return !step.Negated;
        bool selected;
        if (step.To is null)
        {
            selected = Matches(step.From);
        }
        else if (_inRange.Contains(index))
        {
            selected = true;
            if (step.To.Regex is not null ? step.To.Regex.IsMatch(_pattern) : _line >= EndOf(index, step.To)) _inRange.Remove(index);
        }
        else
        {
            selected = Matches(step.From);
            if (selected)
            {
                _rangeEnds[index] = _line + (step.To.Plus ?? 0);
                if (step.To.Regex is not null || EndOf(index, step.To) > _line) _inRange.Add(index);
            }
        }

        return selected != step.Negated;
    }

    private long EndOf(int index, Sed.Address to) => to.Last ? (_ahead is null ? _line : long.MaxValue) : to.Plus is not null ? _rangeEnds[index] : to.Line ?? 0;

    private bool Matches(Sed.Address address)
    {
        if (address.Last) return _ahead is null;
        if (address.Regex is not null) return address.Regex.IsMatch(_pattern);
        if (address.Step is { } step) return step == 0 ? _line == address.Line : _line >= address.Line && (_line - address.Line) % step == 0;
        return _line == address.Line;
    }

    private bool Substitute(Sed.Step step)
    {
        var matches = step.Regex!.Matches(_pattern);
        if (matches.Count < step.Nth) return false;
        var result = new StringBuilder();
        var at = 0;
        var number = 0;
        foreach (Match match in matches)
        {
            if (++number < step.Nth) continue;
            result.Append(_pattern, at, match.Index - at).Append(Replace(step.Replacement, match));
            at = match.Index + match.Length;
            if (!step.All) break;
        }

        _pattern = result.Append(_pattern, at, _pattern.Length - at).ToString();
        return true;
    }

    private static string Replace(string replacement, Match match)
    {
        var result = new StringBuilder();
        var upper = '\0';
        var once = '\0';
        for (var i = 0; i < replacement.Length; i++)
        {
            string piece;
            if (replacement[i] == '&')
            {
                piece = match.Value;
            }
            else if (replacement[i] == '\\' && i + 1 < replacement.Length)
            {
                var c = replacement[++i];
                if (c is 'U' or 'L' or 'E')
                {
                    upper = c == 'E' ? '\0' : c;
                    continue;
                }

                if (c is 'u' or 'l')
                {
                    once = c;
                    continue;
                }

                piece = char.IsAsciiDigit(c) ? match.Groups[c - '0'].Value : c switch { 'n' => "\n", 't' => "\t", _ => c.ToString() };
            }
            else
            {
                piece = replacement[i].ToString();
            }

            if (upper != '\0') piece = upper == 'U' ? piece.ToUpperInvariant() : piece.ToLowerInvariant();
            if (once != '\0' && piece.Length > 0)
            {
                piece = (once == 'u' ? char.ToUpperInvariant(piece[0]) : char.ToLowerInvariant(piece[0])) + piece[1..];
                once = '\0';
            }

            result.Append(piece);
        }

        return result.ToString();
    }

    private async Routine<bool> Put(string line, bool newline)
    {
        var text = newline ? line + "\n" : line;
        if (_collected is not null)
        {
            _collected.Append(text);
            return true;
        }

        return await _output!.Raw(text);
    }

    private async Routine<bool> Appended()
    {
        foreach (var text in _appended) await Put(text, newline: false);
        _appended.Clear();
        return true;
    }

    private async Routine<bool> ToFile(string path)
    {
        if (path is "/dev/stdout" or "/dev/stderr") return await process.Write(path == "/dev/stdout" ? 1 : 2, Encoding.UTF8.GetBytes(_pattern + "\n"));
        var file = process.Files.OpenToWrite(process, FileSystem.Join(process.WorkingDirectory, path), append: true);
        await file.Write(process, Encoding.UTF8.GetBytes(_pattern + "\n"));
        file.Release();
        return true;
    }
}
