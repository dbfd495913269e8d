using System.Globalization;
using System.Text;

namespace AkkaKube.Runtime.Shell;

/// <summary>Simple commands: assignments, redirections, then a function, a builtin or a program.</summary>
internal sealed partial class ShellInterpreter
{
    private async Routine<bool> RunSimple(Command.Simple simple, bool last)
    {
        await Process.Spend();
        Line = RunsFile ? simple.Line : simple.Line - 1;
        var before = Status;
        var words = simple.Words.Count == 0 ? [] : await _expansion.Words(simple.Words);
        if (words.Count == 0)
        {
            // Only assignments: the status is that of the last substitution in them.
            if (!HasSubstitution(simple)) Status = 0;
            foreach (var assignment in simple.Assignments) Set(assignment.Name, await _expansion.Text(assignment.Value));
            if (simple.Redirections.Count > 0)
            {
                if (await Redirect(simple.Redirections) is { } opened) Restore(opened);
                else Status = 1;
            }

            Check();
            return true;
        }

        Status = before;
        if (Options.Contains('x')) await Process.Error("+ " + string.Join(' ', words.Select(Quoted)));
        var assigned = new List<(string Name, string Value)>();
        foreach (var assignment in simple.Assignments) assigned.Add((assignment.Name, await _expansion.Text(assignment.Value)));

        if (words[0] == "exec")
        {
            await RunExec(simple, words, assigned);
            return true;
        }

        var saved = await Redirect(simple.Redirections);
        if (saved is null)
        {
            Status = 1;
            if (Builtins.IsSpecial(words[0])) Exit(1);
            Check();
            return false;
        }

        if (_functions.TryGetValue(words[0], out var function)) await Call(function, words, assigned);
        else if (_builtins.Find(words[0]) is { } builtin) await RunBuiltin(builtin, words, assigned);
        else await RunProgram(words, assigned, last && saved.Count == 0);
        Restore(saved);
        Check();
        return true;
    }

    private static bool HasSubstitution(Command.Simple simple) => simple.Assignments.Any(a => a.Value.Parts.Any(p => p is WordPart.Substitution));

    private static string Quoted(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "_-./=:@%+,".Contains(c, StringComparison.Ordinal)) ? word : "'" + word.Replace("'", "'\"'\"'", StringComparison.Ordinal) + "'";

    private async Routine<bool> Call(Command body, List<string> words, List<(string Name, string Value)> assigned)
    {
        if (_calls >= DeepestCall) throw new ShellErrorException("maximum function nesting level exceeded");
        // From time to time the recursion starts on a fresh stack.
        if (++_calls % 16 == 0) await Process.Sleep(TimeSpan.Zero);
        var (parameters, loops) = (Parameters, _loops);
        Parameters = words[1..];
        _loops = 0;
        (_scopes ??= []).Add([]);
        foreach (var (name, value) in assigned)
        {
            DeclareLocal(name);
            Assign(name, value, exported: true);
        }

        await Run(body, last: false);
        foreach (var (name, value) in _scopes[^1]) RestoreVariable(name, value);
        _scopes.RemoveAt(_scopes.Count - 1);
        (Parameters, _loops) = (parameters, loops);
        _calls--;
        EndReturn();
        return true;
    }

    private async Routine<bool> RunBuiltin(Builtin builtin, List<string> words, List<(string Name, string Value)> assigned)
    {
        // An assignment before a special builtin lasts; before any other it is over with the command.
        var special = Builtins.IsSpecial(words[0]);
        var before = special ? [] : assigned.Select(a => (a.Name, _variables.GetValueOrDefault(a.Name))).ToList();
        foreach (var (name, value) in assigned) Assign(name, value, exported: !special || Options.Contains('a'));
        try
        {
            Status = await builtin(words) & 0xFF;
        }
        catch (ShellErrorException error) when (!special && error.Builtin is not null)
        {
            // Only a special builtin takes the shell with it.
            await Process.Error($"{Name}: {error.Builtin}: line {Line}: {error.Message}");
            Status = 2;
        }
        catch (OsException error)
        {
            await Process.Error($"{Name}: {words[0]}: line {Line}: {error.Message}");
            Status = 1;
        }

        foreach (var (name, value) in before) RestoreVariable(name, value);
        return true;
    }

    /// <summary>Runs a program whatever functions and builtins there are (command).</summary>
    public async Routine<int> RunProgramOf(List<string> words)
    {
        await RunProgram(words, [], takesOver: false);
        return Status;
    }

    private async Routine<bool> RunProgram(List<string> words, List<(string Name, string Value)> assigned, bool takesOver)
    {
        var environment = Exported();
        if (assigned.Count > 0)
        {
            var extended = new Dictionary<string, string>(environment);
            foreach (var (name, value) in assigned) extended[name] = value;
            environment = extended;
        }

        var program = await Program(words, environment);
        if (program is null) return false;
        if (takesOver && Traps.IsEmpty && _jobs.Count == 0)
        {
            Process.ReplaceBy(program.Value.Program, program.Value.Arguments, environment);
            _jump = Jump.Exit;
            return true;
        }

        await WaitFor(Process.Spawn(program.Value.Program, program.Value.Arguments, environment: environment));
        return true;
    }

    private async Routine<bool> RunExec(Command.Simple simple, List<string> words, List<(string Name, string Value)> assigned)
    {
        if (await Redirect(simple.Redirections) is not { } saved)
        {
            Exit(1);
            return false;
        }

        // The redirections of exec stay: what they replaced is let go.
        foreach (var (_, file) in saved) file?.Release();
        foreach (var (name, value) in assigned) Assign(name, value, exported: true);
        Status = 0;
        if (words.Count == 1) return true;
        var program = await Program(words[1..], Exported());
        if (program is null)
        {
            Exit(Status);
            return false;
        }

        Process.ReplaceBy(program.Value.Program, program.Value.Arguments, Exported());
        Traps.Clear();
        _jump = Jump.Exit;
        return true;
    }

    /// <summary>The program that a command names; null, with the status set and the error printed, if there is none.</summary>
    private async Routine<(Program Program, IReadOnlyList<string> Arguments)?> Program(IReadOnlyList<string> words, IReadOnlyDictionary<string, string> environment)
    {
        var executable = Executable.Resolve(Process.Files, environment, Process.WorkingDirectory, words);
        if (executable.Program is { } program) return (program, executable.Arguments);
        if (executable.Error == Errno.ExecFormat && Process.Files.Find(FileSystem.Join(Process.WorkingDirectory, words[0])) is FileInode script)
        {
            var text = Encoding.UTF8.GetString(script.Content.Span);
            return ((process, arguments) => new ShellInterpreter(process, arguments[0], [.. arguments.Skip(1)]) { RunsFile = true }.RunScript(text), words);
        }

        var shell = RunsFile ? $"{Name}: line {Line}" : Name;
        if (executable.Error == Errno.NoEntry)
        {
            await Process.Error($"{shell}: {words[0]}: not found");
            Status = 127;
        }
        else
        {
            await Process.Error($"{shell}: {words[0]}: {OsException.TextOf(executable.Error)}");
            Status = 126;
        }

        return null;
    }

    // ---- redirections

    /// <summary>Opens what a command is redirected to; what was there comes back. Null if one could not be opened.</summary>
    private async Routine<List<(int Descriptor, OpenFile? File)>?> Redirect(IReadOnlyList<Redirection> redirections)
    {
        var saved = new List<(int, OpenFile?)>();
        foreach (var redirection in redirections)
        {
            var target = await _expansion.Text(redirection.Target);
            try
            {
                if (redirection.Operator is "&>" or "&>>")
                {
                    var both = OpenAt(target, redirection.Operator == "&>" ? ">" : ">>");
                    Swap(saved, 1, both);
                    Swap(saved, 2, both?.Share());
                }
                else if (redirection.Operator is "<&" or ">&")
                {
                    var duplicate = target == "-" ? null : int.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Process.File(number) is { } file ? file : throw new OsException(Errno.BadDescriptor);
                    Swap(saved, redirection.Descriptor, duplicate?.Share());
                }
                else
                {
                    Swap(saved, redirection.Descriptor, OpenAt(target, redirection.Operator));
                }
            }
            catch (OsException error)
            {
                Restore(saved);
                var verb = redirection.Operator is "<" or "<>" ? "open" : "create";
                var message = redirection.Operator is "<&" or ">&" ? $"{target}: {error.Message}"
                    : error.Errno == Errno.NoEntry && verb == "create" ? $"can't create {target}: nonexistent directory"
                    : $"can't {verb} {target}: {(error.Errno == Errno.NoEntry ? "no such file" : error.Message)}";
                await Process.Error($"{(RunsFile ? $"{Name}: line {Line}" : Name)}: {message}");
                return null;
            }
        }

        return saved;
    }

    private OpenFile? OpenAt(string target, string op)
    {
        if (op == "<<") return new BytesFile(Encoding.UTF8.GetBytes(target));
        if (op == "<<<") return new BytesFile(Encoding.UTF8.GetBytes(target + "\n"));
        var path = FileSystem.Join(Process.WorkingDirectory, target);
        if (op == "<") return Process.Files.OpenToRead(Process, path);
        if (op == ">" && Options.Contains('C') && Process.Files.Find(path) is FileInode) throw new OsException(Errno.Exists);
        return Process.Files.OpenToWrite(Process, path, append: op is ">>" or "<>");
    }

    private void Swap(List<(int, OpenFile?)> saved, int descriptor, OpenFile? file)
    {
        saved.Add((descriptor, Process.File(descriptor)?.Share()));
        Process.SetFile(descriptor, file);
    }

    private void Restore(List<(int Descriptor, OpenFile? File)> saved)
    {
        for (var i = saved.Count - 1; i >= 0; i--) Process.SetFile(saved[i].Descriptor, saved[i].File);
    }
}
