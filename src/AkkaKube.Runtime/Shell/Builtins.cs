using System.Globalization;
using System.Text;

namespace AkkaKube.Runtime.Shell;

/// <summary>A command that the shell runs itself; the first word is its name.</summary>
internal delegate Routine<int> Builtin(IReadOnlyList<string> words);

/// <summary>The commands that are part of the shell.</summary>
internal sealed class Builtins(ShellInterpreter shell)
{
    private static readonly HashSet<string> Special = [":", ".", "source", "break", "continue", "eval", "exec", "exit", "export", "readonly", "return", "set", "shift", "times", "trap", "unset"];

    private static readonly HashSet<string> Names =
    [
        .. Special, "[", "[[", "alias", "bg", "cd", "command", "echo", "false", "fg", "getopts", "hash", "help", "history", "jobs", "kill", "let", "local",
        "printf", "pwd", "read", "test", "true", "type", "ulimit", "umask", "unalias", "wait",
    ];

    private int _optionAt = 1;

    /// <summary>Whether it is one of the builtins whose failure ends the shell.</summary>
    public static bool IsSpecial(string name) => Special.Contains(name);

    public Builtin? Find(string name) => Names.Contains(name) ? words => Run(name, words) : null;

    private Routine<int> Run(string name, IReadOnlyList<string> words) => name switch
    {
        ":" or "true" or "alias" or "unalias" or "hash" or "times" or "umask" or "ulimit" or "bg" or "fg" or "history" or "help" => Routine.Of(0),
        "false" => Routine.Of(1),
        "." or "source" => Source(words),
        "break" or "continue" => Routine.Of(Leave(words)),
        "cd" => Cd(words),
        "command" => Command(words),
        "echo" => Applets.Echo.Run(shell.Process, words),
        "printf" => Applets.Printf.Run(shell.Process, [shell.Name, .. words.Skip(1)]),
        "test" or "[" or "[[" => Applets.Test.Run(shell.Process, words),
        "pwd" => Pwd(),
        "eval" => shell.Evaluate(string.Join(' ', words.Skip(1))),
        "exit" => Routine.Of(Exit(words)),
        "export" => Export(words),
        "getopts" => GetOpts(words),
        "jobs" => JobList(),
        "kill" => Kill(words),
        "let" => Routine.Of(Let(words)),
        "local" => Routine.Of(Local(words)),
        "read" => Read(words),
        "readonly" => Routine.Of(ReadOnly(words)),
        "return" => Routine.Of(Return(words)),
        "set" => Set(words),
        "shift" => Routine.Of(Shift(words)),
        "trap" => Trap(words),
        "type" => Type(words),
        "unset" => Routine.Of(Unset(words)),
        _ => Wait(words),
    };

    private async Routine<int> Error(string builtin, string text, int code = 1)
    {
        await shell.Process.Error($"{shell.Name}: {builtin}: line {shell.Line}: {text}");
        return code;
    }

    private static ShellErrorException Fatal(string builtin, string text) => new(text, builtin);

    private static int? NumberIn(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private async Routine<int> Source(IReadOnlyList<string> words)
    {
        if (words.Count < 2) return await Error(words[0], "filename argument required", 2);
        var path = words[1].Contains('/', StringComparison.Ordinal)
            ? words[1]
            : (shell.Get("PATH") ?? "").Split(':').Select(d => FileSystem.Join(d, words[1])).FirstOrDefault(p => shell.Process.Files.Find(p) is FileInode) ?? words[1];
        var full = FileSystem.Join(shell.Process.WorkingDirectory, path);
        if (shell.Process.Files.Find(full) is null) throw Fatal(words[0], $"can't open '{words[1]}': No such file or directory");
        var parameters = shell.Parameters;
        if (words.Count > 2) shell.Parameters = [.. words.Skip(2)];
        var status = await shell.Evaluate(Encoding.UTF8.GetString(shell.Process.Files.Read(shell.Process, full).Span));
        shell.Parameters = parameters;
        shell.EndReturn();
        return shell.Status = status;
    }

    private int Leave(IReadOnlyList<string> words)
    {
        shell.LeaveLoops(words.Count > 1 ? NumberIn(words[1]) ?? 1 : 1, goOn: words[0] == "continue");
        return 0;
    }

    private async Routine<int> Cd(IReadOnlyList<string> words)
    {
        var target = words.Count > 1 ? words[1] : shell.Get("HOME") ?? "/";
        if (target == "-") target = shell.Get("OLDPWD") ?? shell.Process.WorkingDirectory;
        var path = FileSystem.Normalize(FileSystem.Join(shell.Process.WorkingDirectory, target));
        if (shell.Process.Files.Find(path) is not DirectoryInode)
        {
            return await Error("cd", $"can't cd to {target}: {OsException.TextOf(shell.Process.Files.Find(path) is null ? Errno.NoEntry : Errno.NotADirectory)}", 2);
        }

        shell.Export("OLDPWD", shell.Process.WorkingDirectory);
        shell.Process.WorkingDirectory = path;
        shell.Export("PWD", path);
        if (words.Count > 1 && words[1] == "-") await shell.Process.PrintLine(path);
        return 0;
    }

    private async Routine<int> Pwd()
    {
        await shell.Process.PrintLine(shell.Process.WorkingDirectory);
        return 0;
    }

    private async Routine<int> Command(IReadOnlyList<string> words)
    {
        var at = 1;
        var verbose = false;
        while (at < words.Count && words[at] is "-v" or "-V" or "-p") verbose |= words[at++] != "-p";
        if (at >= words.Count) return 0;
        if (verbose)
        {
            var found = Names.Contains(words[at]) || shell.HasFunction(words[at]) ? words[at] : Executable.Which(shell.Process.Files, shell.Process.Environment, shell.Process.WorkingDirectory, words[at]);
            if (found is null) return 127;
            await shell.Process.PrintLine(found);
            return 0;
        }

        if (Find(words[at]) is { } builtin) return await builtin([.. words.Skip(at)]);
        return await shell.RunProgramOf([.. words.Skip(at)]);
    }

    private async Routine<int> Type(IReadOnlyList<string> words)
    {
        var status = 0;
        foreach (var name in words.Skip(1))
        {
            if (shell.HasFunction(name)) await shell.Process.PrintLine($"{name} is a function");
            else if (Names.Contains(name)) await shell.Process.PrintLine($"{name} is a{(Special.Contains(name) ? " special" : "")} shell builtin");
            else if (Executable.Which(shell.Process.Files, shell.Process.Environment, shell.Process.WorkingDirectory, name) is { } path) await shell.Process.PrintLine($"{name} is {path}");
            else
            {
                await shell.Process.PrintLine($"{name}: not found");
                status = 127;
            }
        }

        return status;
    }

    private int Exit(IReadOnlyList<string> words)
    {
        var status = words.Count > 1 ? NumberIn(words[1]) ?? throw Fatal("exit", $"Illegal number: {words[1]}") : shell.Status;
        shell.Exit(status & 0xFF);
        return status;
    }

    private int Return(IReadOnlyList<string> words)
    {
        var status = words.Count > 1 ? NumberIn(words[1]) ?? throw Fatal("return", $"Illegal number: {words[1]}") : shell.Status;
        shell.Return(status & 0xFF);
        return status;
    }

    private async Routine<int> Export(IReadOnlyList<string> words)
    {
        var removes = words.Count > 1 && words[1] == "-n";
        if (words.Count == 1 || words[1] == "-p")
        {
            foreach (var (name, variable) in shell.Variables.Where(v => v.Value.Exported).OrderBy(v => v.Key, StringComparer.Ordinal)) await shell.Process.PrintLine($"export {name}='{variable.Value}'");
            return 0;
        }

        foreach (var word in words.Skip(removes ? 2 : 1))
        {
            var (name, value) = Split(word);
            if (!IsName(name)) throw Fatal("export", $"{name}: bad variable name");
            shell.Export(name, value, !removes);
        }

        return 0;
    }

    private static (string Name, string? Value) Split(string word) =>
        word.IndexOf('=', StringComparison.Ordinal) is var equals && equals < 0 ? (word, null) : (word[..equals], word[(equals + 1)..]);

    private static bool IsName(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private int ReadOnly(IReadOnlyList<string> words)
    {
        foreach (var word in words.Skip(1).Where(w => w != "-p"))
        {
            var (name, value) = Split(word);
            shell.MakeReadOnly(name, value);
        }

        return 0;
    }

    private int Local(IReadOnlyList<string> words)
    {
        if (!shell.InFunction) throw Fatal("local", "not in a function");
        foreach (var word in words.Skip(1))
        {
            var (name, value) = Split(word);
            shell.DeclareLocal(name);
            if (value is not null) shell.Set(name, value);
            else if (shell.Get(name) is null) shell.Unset(name);
        }

        return 0;
    }

    private int Let(IReadOnlyList<string> words)
    {
        var value = 0L;
        if (words.Count == 1) throw Fatal("let", "expression expected");
        foreach (var word in words.Skip(1)) value = Arithmetic.Evaluate(word, shell.Get, shell.Set);
        return value == 0 ? 1 : 0;
    }

    private int Unset(IReadOnlyList<string> words)
    {
        var functions = words.Count > 1 && words[1] == "-f";
        foreach (var name in words.Skip(words.Count > 1 && words[1] is "-f" or "-v" ? 2 : 1))
        {
            if (functions) shell.UnsetFunction(name);
            else shell.Unset(name);
        }

        return 0;
    }

    private int Shift(IReadOnlyList<string> words)
    {
        var count = words.Count > 1 ? NumberIn(words[1]) ?? -1 : 1;
        if (count < 0) throw Fatal("shift", $"Illegal number: {words[1]}");
        if (count > shell.Parameters.Count) return 1;
        shell.Parameters = [.. shell.Parameters.Skip(count)];
        return 0;
    }

    private async Routine<int> Set(IReadOnlyList<string> words)
    {
        if (words.Count == 1)
        {
            foreach (var (name, variable) in shell.Variables.Where(v => v.Value.Value is not null).OrderBy(v => v.Key, StringComparer.Ordinal)) await shell.Process.PrintLine($"{name}='{variable.Value}'");
            return 0;
        }

        for (var i = 1; i < words.Count; i++)
        {
            var word = words[i];
            if (word == "--")
            {
                shell.Parameters = [.. words.Skip(i + 1)];
                return 0;
            }

            if (word.Length < 2 || word[0] is not ('-' or '+'))
            {
                shell.Parameters = [.. words.Skip(i)];
                return 0;
            }

            var on = word[0] == '-';
            foreach (var letter in word.Skip(1))
            {
                if (letter == 'o' && i + 1 < words.Count)
                {
                    if (!SetLong(words[++i], on)) throw Fatal("set", $"illegal option {word[0]}o {words[i]}");
                }
                else if (!"abCefhmnuvxE".Contains(letter, StringComparison.Ordinal))
                {
                    throw Fatal("set", $"illegal option {word[0]}{letter}");
                }
                else if (on)
                {
                    shell.Options.Add(letter);
                }
                else
                {
                    shell.Options.Remove(letter);
                }
            }
        }

        return 0;
    }

    private bool SetLong(string name, bool on)
    {
        if (name == "pipefail")
        {
            shell.PipeFail = on;
            return true;
        }

        var letter = name switch
        {
            "errexit" => 'e',
            "nounset" => 'u',
            "xtrace" => 'x',
            "noglob" => 'f',
            "allexport" => 'a',
            "noclobber" => 'C',
            "verbose" => 'v',
            "noexec" => 'n',
            "monitor" => 'm',
            "notify" => 'b',
            _ => '\0',
        };
        if (letter == '\0') return false;
        if (on) shell.Options.Add(letter);
        else shell.Options.Remove(letter);
        return true;
    }

    private async Routine<int> Trap(IReadOnlyList<string> words)
    {
        if (words.Count == 1)
        {
            foreach (var (signal, text) in shell.Traps.Actions) await shell.Process.PrintLine($"trap -- '{text}' {Signals.NameOf(signal)}");
            return 0;
        }

        var at = words[1] == "--" ? 2 : 1;
        // A number first, or one word alone, resets; otherwise the first word is the action.
        var action = words.Count - at == 1 || Signals.Parse(words[at]) is not null && int.TryParse(words[at], out _) ? "-" : words[at++];
        foreach (var name in words.Skip(at))
        {
            if (Signals.Parse(name) is not { } signal) return await Error("trap", $"{name}: invalid signal specification");
            shell.Traps.Set(signal, action == "-" ? null : action);
            if (signal != Signal.Exit) shell.Process.Ignore(signal, action.Length == 0);
        }

        return 0;
    }

    private async Routine<int> Wait(IReadOnlyList<string> words)
    {
        var awaited = words.Count == 1
            ? shell.Jobs.ToList()
            : [.. words.Skip(1).Select(w => shell.Jobs.LastOrDefault(j => j.Pid.ToString(CultureInfo.InvariantCulture) == w || w == "%" + (shell.Jobs.ToList().IndexOf(j) + 1))).OfType<Process>()];
        if (words.Count > 1 && awaited.Count == 0) return await Error("wait", $"pid {words[1]} is not a child of this shell", 127);
        var status = 0;
        foreach (var job in awaited)
        {
            // Whichever comes first, the end of the job or a signal with an action, completes it.
            var first = job.Exited(shell.Process);
            shell.Traps.Interrupts = first;
            status = await first;
            shell.Traps.Interrupts = null;
            await shell.TellOfDeath(job);
            if (!job.HasExited) return status;
        }

        return words.Count == 1 ? 0 : status;
    }

    private async Routine<int> JobList()
    {
        var number = 0;
        foreach (var job in shell.Jobs)
        {
            number++;
            if (!job.HasExited) await shell.Process.PrintLine($"[{number}]+  Running                 {string.Join(' ', job.Arguments)}");
        }

        return 0;
    }

    private Routine<int> Kill(IReadOnlyList<string> words)
    {
        // %1 is a job of this shell; the program knows process ids alone.
        var jobs = shell.Jobs;
        return Applets.Kill.Run(shell.Process, [shell.Name, .. words.Skip(1).Select(w => w.StartsWith('%') && NumberIn(w[1..]) is { } n && n >= 1 && n <= jobs.Count ? jobs[n - 1].Pid.ToString(CultureInfo.InvariantCulture) : w)]);
    }

    private async Routine<int> GetOpts(IReadOnlyList<string> words)
    {
        if (words.Count < 3) return await Error("getopts", "usage: getopts optstring var [arg]", 2);
        var (known, name) = (words[1], words[2]);
        var arguments = words.Count > 3 ? [.. words.Skip(3)] : shell.Parameters;
        var index = NumberIn(shell.Get("OPTIND") ?? "1") ?? 1;
        if (index <= 1 && _optionAt > 1 && shell.Get("OPTIND") == "1") _optionAt = 1;
        if (index > arguments.Count || arguments[index - 1].Length < 2 || arguments[index - 1][0] != '-' || arguments[index - 1] == "--")
        {
            if (index <= arguments.Count && arguments[index - 1] == "--") shell.Set("OPTIND", (index + 1).ToString(CultureInfo.InvariantCulture));
            shell.Set(name, "?");
            _optionAt = 1;
            return 1;
        }

        var argument = arguments[index - 1];
        var letter = argument[_optionAt++];
        var at = known.IndexOf(letter, StringComparison.Ordinal);
        var silent = known.StartsWith(':');
        if (at < 0 || letter == ':')
        {
            shell.Set(name, "?");
            if (silent) shell.Set("OPTARG", letter.ToString());
            else await shell.Process.Error($"Illegal option -{letter}");
        }
        else if (at + 1 < known.Length && known[at + 1] == ':')
        {
            var value = _optionAt < argument.Length ? argument[_optionAt..] : index < arguments.Count ? arguments[index++] : null;
            _optionAt = argument.Length;
            shell.Set(name, value is null ? silent ? ":" : "?" : letter.ToString());
            if (value is not null || silent) shell.Set("OPTARG", value ?? letter.ToString());
            else await shell.Process.Error($"No arg for -{letter} option");
        }
        else
        {
            shell.Set(name, letter.ToString());
            shell.Unset("OPTARG");
        }

        if (_optionAt >= argument.Length)
        {
            index++;
            _optionAt = 1;
        }

        shell.Set("OPTIND", index.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private async Routine<int> Read(IReadOnlyList<string> words)
    {
        var raw = false;
        var at = 1;
        int? count = null;
        for (; at < words.Count && words[at].StartsWith('-') && words[at].Length > 1; at++)
        {
            foreach (var letter in words[at].Skip(1))
            {
                if (letter == 'r') raw = true;
                else if (letter == 'p' && at + 1 < words.Count) await shell.Process.Write(2, Encoding.UTF8.GetBytes(words[++at]));
                else if (letter == 'n' && at + 1 < words.Count) count = NumberIn(words[++at]);
                if (letter is 'p' or 'n') break;
            }
        }

        var (line, ended) = await ReadLine(raw, count);
        Distribute(line, [.. words.Skip(at)], raw);
        return ended ? 0 : 1;
    }

    /// <summary>A line of standard input; no byte more is taken. A backslash goes on into the next line, except where it is raw.</summary>
    private async Routine<(string Line, bool Ended)> ReadLine(bool raw, int? count)
    {
        var input = shell.Process.File(0);
        var bytes = new List<byte>();
        while (input is not null)
        {
            var chunk = await input.Read(shell.Process, 4096);
            if (chunk.IsEmpty) return (Encoding.UTF8.GetString([.. bytes]), false);
            for (var i = 0; i < chunk.Length; i++)
            {
                var c = chunk.Span[i];
                if (c == '\n')
                {
                    if (!raw && EndsInBackslash(bytes))
                    {
                        bytes.RemoveAt(bytes.Count - 1);
                        continue;
                    }

                    input.PutBack(chunk[(i + 1)..]);
                    return (Encoding.UTF8.GetString([.. bytes]), true);
                }

                bytes.Add(c);
                if (bytes.Count != count) continue;
                input.PutBack(chunk[(i + 1)..]);
                return (Encoding.UTF8.GetString([.. bytes]), true);
            }
        }

        return ("", false);
    }

    private static bool EndsInBackslash(List<byte> bytes)
    {
        var backslashes = 0;
        for (var i = bytes.Count - 1; i >= 0 && bytes[i] == '\\'; i--) backslashes++;
        return backslashes % 2 == 1;
    }

    private void Distribute(string line, IReadOnlyList<string> names, bool raw)
    {
        if (names.Count == 0) names = ["REPLY"];
        var separators = shell.Separators;
        var blanks = separators.Where(c => c is ' ' or '\t' or '\n').ToArray();
        var at = 0;
        for (var i = 0; i < names.Count; i++)
        {
            while (at < line.Length && blanks.Contains(line[at])) at++;
            var value = new StringBuilder();
            var last = i == names.Count - 1;
            var kept = 0;
            while (at < line.Length && (last || !separators.Contains(line[at], StringComparison.Ordinal)))
            {
                if (line[at] == '\\' && !raw && at + 1 < line.Length)
                {
                    at++;
                    value.Append(line[at++]);
                    kept = value.Length;
                    continue;
                }

                value.Append(line[at++]);
                if (!blanks.Contains(value[^1])) kept = value.Length;
            }

            if (last) value.Length = kept;
            shell.Set(names[i], value.ToString());
            while (at < line.Length && blanks.Contains(line[at])) at++;
            if (at < line.Length && separators.Contains(line[at], StringComparison.Ordinal) && !blanks.Contains(line[at])) at++;
        }
    }
}
