using System.Globalization;
using System.Text;

namespace AkkaKube.Runtime.Shell;

/// <summary>
/// Runs shell commands in a process: the state of a shell, and what each kind of command does with it. A subshell is another process
/// with a copy of this state.
/// </summary>
internal sealed partial class ShellInterpreter
{
    /// <summary>Functions may call each other this deep.</summary>
    private const int DeepestCall = 1000;

    private readonly Dictionary<string, Variable> _variables;
    private readonly Dictionary<string, Command> _functions;
    private readonly Expansion _expansion;
    private readonly Builtins _builtins;
    private readonly List<Process> _jobs = [];
    private Process? _lastJob;
    private Jump _jump;
    private int _jumpCount;
    private int _calls;
    private int _loops;
    private int _tolerant;
    private int _pidOfShell;
    private List<Dictionary<string, Variable?>>? _scopes;
    private IReadOnlyDictionary<string, string>? _exported;

    public ShellInterpreter(Process process, string name, IReadOnlyList<string> parameters)
        : this(process, name, parameters, [], [])
    {
        foreach (var (variable, value) in process.Environment) _variables[variable] = new Variable(value, Exported: true, ReadOnly: false);
        _variables["PWD"] = new Variable(process.WorkingDirectory, Exported: true, ReadOnly: false);
        _variables["IFS"] = new Variable(" \t\n", Exported: false, ReadOnly: false);
        _variables["PPID"] = new Variable((process.Parent?.Pid ?? 0).ToString(CultureInfo.InvariantCulture), Exported: false, ReadOnly: false);
        _exported = null;
    }

    private ShellInterpreter(Process process, string name, IReadOnlyList<string> parameters, Dictionary<string, Variable> variables, Dictionary<string, Command> functions)
    {
        Process = process;
        _pidOfShell = process.Pid;
        Name = name;
        Parameters = parameters;
        _variables = variables;
        _functions = functions;
        _expansion = new Expansion(this);
        _builtins = new Builtins(this);
    }

    private enum Jump
    {
        None,
        Break,
        Continue,
        Return,
        Exit,
    }

    /// <summary>A variable's value; null for one that has been declared and not set.</summary>
    internal sealed record Variable(string? Value, bool Exported, bool ReadOnly);

    public Process Process { get; }

    /// <summary>$0</summary>
    public string Name { get; private set; }

    /// <summary>The script is a file: messages count its lines from one, those of a command string from zero.</summary>
    public bool RunsFile { get; init; }

    /// <summary>The line that messages name.</summary>
    public int Line { get; private set; }

    /// <summary>$1 and so on.</summary>
    public IReadOnlyList<string> Parameters { get; set; }

    /// <summary>$?</summary>
    public int Status { get; set; }

    public HashSet<char> Options { get; private init; } = [];

    public bool PipeFail { get; set; }

    public bool NoGlob => Options.Contains('f');

    public bool NoUnset => Options.Contains('u');

    public Traps Traps { get; private init; } = new();

    public IReadOnlyList<Process> Jobs => _jobs;

    public string Separators => Get("IFS") ?? " \t\n";

    public IReadOnlyDictionary<string, Variable> Variables => _variables;

    public bool InFunction => _scopes is { Count: > 0 };

    // ---- running

    /// <summary>Runs a script with the options of the shell's command line.</summary>
    public async Routine<int> RunScript(IReadOnlyList<string> options, string script)
    {
        if (options.Count > 0)
        {
            try
            {
                await _builtins.Find("set")!(["set", .. options]);
            }
            catch (ShellErrorException error)
            {
                return await Process.Fail(Name, error.Message, 2);
            }
        }

        return await RunScript(script);
    }

    /// <summary>Runs a whole script as the work of the process: line by line, to its end, with the EXIT trap after it.</summary>
    public async Routine<int> RunScript(string script)
    {
        Process.SignalHandler = Traps.Catch;
        try
        {
            // A line with an error in it stops the script; the lines before it have been run.
            var parser = new Parser(script);
            while (_jump == Jump.None && parser.NextLine() is { } line) await Guarded(line, last: parser.IsAtEnd);
        }
        catch (ShellSyntaxException error)
        {
            await Process.Error($"{Name}: {(RunsFile ? $"line {error.Line}: " : "")}{error.Message}");
            Exit(2);
        }

        return await Farewell();
    }

    /// <summary>Runs a command as the work of the process: a subshell.</summary>
    public async Routine<int> RunToEnd(Command command)
    {
        Process.SignalHandler = Traps.Catch;
        await Guarded(command, last: true);
        return await Farewell();
    }

    private async Routine<int> Farewell()
    {
        await RunTraps();
        if (Traps.Action(Signal.Exit) is { Length: > 0 } farewell)
        {
            Traps.Set(Signal.Exit, null);
            var status = Status;
            _jump = Jump.None;
            await Evaluate(farewell);
            if (_jump != Jump.Exit) Status = status;
        }

        return Status;
    }

    /// <summary>Parses and runs a text in this shell (eval, source, traps).</summary>
    public async Routine<int> Evaluate(string script)
    {
        try
        {
            if (Parser.Parse(script) is not { } command) return Status = 0;
            if (++_calls > DeepestCall) throw new ShellErrorException("too many nested evaluations");
            await Run(command, last: false);
            _calls--;
        }
        catch (ShellSyntaxException error)
        {
            throw new ShellErrorException(error.Message);
        }

        return Status;
    }

    public void Exit(int status) => (Status, _jump) = (status, Jump.Exit);

    public void Return(int status) => (Status, _jump) = (status, Jump.Return);

    public void LeaveLoops(int levels, bool goOn)
    {
        if (_loops == 0) return;
        (_jump, _jumpCount) = (goOn ? Jump.Continue : Jump.Break, Math.Min(levels, _loops));
    }

    /// <summary>Ends a sourced script that has returned.</summary>
    public void EndReturn()
    {
        if (_jump == Jump.Return) _jump = Jump.None;
    }

    /// <summary>Runs the actions of the signals that have arrived.</summary>
    public async Routine<bool> RunTraps()
    {
        while (Traps.Next() is { } action)
        {
            var (status, jump) = (Status, _jump);
            if (jump == Jump.Exit) return false;
            _jump = Jump.None;
            await Evaluate(action);
            if (_jump != Jump.Exit) (Status, _jump) = (status, jump);
        }

        return true;
    }

    private async Routine<int> Guarded(Command command, bool last)
    {
        try
        {
            await Run(command, last);
        }
        catch (ShellErrorException error)
        {
            await Process.Error($"{Name}: {(error.Builtin is null ? "" : $"{error.Builtin}: line {Line}: ")}{error.Message}");
            Exit(2);
        }
        catch (ShellSyntaxException error)
        {
            await Process.Error($"{Name}: {error.Message}");
            Exit(2);
        }

        return Status;
    }

    /// <summary>Runs a command; its status is in <see cref="Status"/>.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="last">The shell does nothing after it: a program may take the place of the shell.</param>
    private async Routine<int> Run(Command command, bool last)
    {
        switch (command)
        {
            case Command.Simple simple:
                await RunSimple(simple, last);
                break;
            case Command.Sequence sequence:
                for (var i = 0; i < sequence.Items.Count && _jump == Jump.None; i++) await Run(sequence.Items[i], last && i == sequence.Items.Count - 1);
                break;
            case Command.AndOr andOr:
                _tolerant++;
                await Run(andOr.Left, last: false);
                _tolerant--;
                if (_jump == Jump.None && Status == 0 == andOr.IsAnd) await Run(andOr.Right, last);
                break;
            case Command.Pipeline pipeline:
                await RunPipeline(pipeline, last);
                break;
            case Command.Background background:
                RunBackground(background.Body);
                break;
            case Command.Subshell subshell:
                var child = Fork(subshell.Body, stdin: null, stdout: null);
                await WaitFor(child);
                Check();
                break;
            case Command.Redirected redirected:
                await RunRedirected(redirected);
                break;
            case Command.If choice:
                _tolerant++;
                await Run(choice.Condition, last: false);
                _tolerant--;
                if (_jump != Jump.None) break;
                if (Status == 0) await Run(choice.Then, last);
                else if (choice.Else is not null) await Run(choice.Else, last);
                else Status = 0;
                break;
            case Command.Loop loop:
                await RunLoop(loop);
                break;
            case Command.For loop:
                await RunFor(loop);
                break;
            case Command.Case choice:
                await RunCase(choice, last);
                break;
            case Command.Function function:
                _functions[function.Name] = function.Body;
                Status = 0;
                break;
        }

        if (Traps.IsPending && _jump != Jump.Exit) await RunTraps();
        return Status;
    }

    private async Routine<bool> RunRedirected(Command.Redirected redirected)
    {
        var saved = await Redirect(redirected.Redirections);
        if (saved is null)
        {
            Status = 1;
            Check();
            return false;
        }

        await Run(redirected.Body, last: false);
        Restore(saved);
        return true;
    }

    private async Routine<bool> RunLoop(Command.Loop loop)
    {
        _loops++;
        var status = 0;
        while (true)
        {
            await Process.Spend();
            _tolerant++;
            await Run(loop.Condition, last: false);
            _tolerant--;
            if (LoopEnds()) break;
            if (Status == 0 == loop.Until) break;
            await Run(loop.Body, last: false);
            status = Status;
            if (LoopEnds()) break;
        }

        _loops--;
        if (_jump is Jump.None) Status = status;
        return true;
    }

    private async Routine<bool> RunFor(Command.For loop)
    {
        var items = loop.Words is null ? Parameters : await _expansion.Words(loop.Words);
        _loops++;
        Status = 0;
        foreach (var item in items)
        {
            await Process.Spend();
            Set(loop.Name, item);
            await Run(loop.Body, last: false);
            if (LoopEnds()) break;
        }

        _loops--;
        return true;
    }

    /// <summary>Whether a break, continue, return or exit ends the loop it happens in.</summary>
    private bool LoopEnds()
    {
        switch (_jump)
        {
            case Jump.None:
                return false;
            case Jump.Break or Jump.Continue when _jumpCount > 1:
                _jumpCount--;
                return true;
            case Jump.Break:
                _jump = Jump.None;
                return true;
            case Jump.Continue:
                _jump = Jump.None;
                return false;
            default:
                return true;
        }
    }

    private async Routine<bool> RunCase(Command.Case choice, bool last)
    {
        var subject = await _expansion.Text(choice.Subject);
        Status = 0;
        var fallsThrough = false;
        foreach (var arm in choice.Arms)
        {
            var matches = fallsThrough;
            for (var i = 0; i < arm.Patterns.Count && !matches; i++) matches = Pattern.Matches(await _expansion.PatternOf(arm.Patterns[i]), subject);
            if (!matches) continue;
            if (arm.Body is not null) await Run(arm.Body, last && !arm.FallsThrough);
            fallsThrough = arm.FallsThrough;
            if (!fallsThrough || _jump != Jump.None) break;
        }

        return true;
    }

    private async Routine<bool> RunPipeline(Command.Pipeline pipeline, bool last)
    {
        if (pipeline.Stages.Count == 1)
        {
            _tolerant++;
            await Run(pipeline.Stages[0], last: false);
            _tolerant--;
        }
        else
        {
            var stages = new List<Process>();
            OpenFile? input = null;
            for (var i = 0; i < pipeline.Stages.Count; i++)
            {
                var pipe = i < pipeline.Stages.Count - 1 ? new Pipe() : null;
                stages.Add(Fork(pipeline.Stages[i], input, pipe?.Writer));
                input = pipe?.Reader;
            }

            var status = 0;
            foreach (var stage in stages)
            {
                await WaitFor(stage);
                if (Status != 0 || !PipeFail) status = Status;
            }

            Status = status;
        }

        if (pipeline.Negated) Status = Status == 0 ? 1 : 0;
        else Check();
        return last;
    }

    private void RunBackground(Command body)
    {
        _lastJob = Fork(body, new NullFile(), stdout: null);
        _jobs.Add(_lastJob);
        Status = 0;
    }

    /// <summary>Runs a command in a process of its own, with a copy of this shell. It closes what it is given.</summary>
    private Process Fork(Command body, OpenFile? stdin, OpenFile? stdout)
    {
        var files = Process.ShareFiles().ToList();
        if (stdin is not null) Replace(files, 0, stdin);
        if (stdout is not null) Replace(files, 1, stdout);
        var variables = new Dictionary<string, Variable>(_variables);
        var functions = new Dictionary<string, Command>(_functions);
        var (name, parameters, status) = (Name, Parameters, Status);
        var (options, pipeFail, tolerant, lastJob, pid, runsFile) = (new HashSet<char>(Options), PipeFail, _tolerant, _lastJob, _pidOfShell, RunsFile);
        var traps = Traps.ForSubshell();
        return Process.Spawn(
            (child, _) => new ShellInterpreter(child, name, parameters, variables, functions)
            {
                Status = status,
                RunsFile = runsFile,
                Options = options,
                PipeFail = pipeFail,
                Traps = traps,
                _tolerant = tolerant,
                _lastJob = lastJob,
                _pidOfShell = pid,
            }.RunToEnd(body),
            Process.Arguments,
            files,
            Exported());
    }

    private static void Replace(List<OpenFile?> files, int descriptor, OpenFile file)
    {
        while (files.Count <= descriptor) files.Add(null);
        files[descriptor]?.Release();
        files[descriptor] = file;
    }

    /// <summary>Waits for a child; signals that arrive meanwhile are dealt with afterwards.</summary>
    private async Routine<int> WaitFor(Process child)
    {
        Status = await child.Exited(Process);
        await TellOfDeath(child);
        return Status;
    }

    /// <summary>A child that died of a signal is spoken of, except where that is the usual end of it.</summary>
    public async Routine<bool> TellOfDeath(Process child)
    {
        var text = child.KilledBy switch
        {
            null or Signal.Int or Signal.Pipe => null,
            Signal.Hup => "Hangup",
            Signal.Quit => "Quit",
            Signal.Abrt => "Aborted",
            Signal.Kill => "Killed",
            Signal.Usr1 => "User defined signal 1",
            Signal.Usr2 => "User defined signal 2",
            Signal.Segv => "Segmentation fault",
            Signal.Alrm => "Alarm clock",
            Signal.Term => "Terminated",
            var other => $"Unknown signal {(int)other}",
        };
        return text is null || await Process.Error(text);
    }

    /// <summary>With <c>set -e</c> a command that fails ends the shell, except where its failure is asked for.</summary>
    private void Check()
    {
        if (Status != 0 && _tolerant == 0 && _jump == Jump.None && Options.Contains('e')) Exit(Status);
    }

    /// <summary>The output of a command, without its last newlines.</summary>
    public async Routine<string> Substitute(Command body)
    {
        var output = new CollectingFile();
        var child = Fork(body, stdin: null, output.Share());
        await WaitFor(child);
        return Encoding.UTF8.GetString(output.Collected.Span).TrimEnd('\n');
    }
}
