using System.Text;

namespace AkkaKube.Runtime;

/// <summary>What an executable does, from its start to its exit code. The first argument is the name it was called by.</summary>
internal delegate Routine<int> Program(Process process, IReadOnlyList<string> arguments);

/// <summary>
/// A process of a container: arguments, environment, working directory, open files, signals. One that is killed is simply never resumed;
/// what it held is given back here.
/// </summary>
internal sealed class Process
{
    private readonly List<OpenFile?> _files;
    private IReadOnlyDictionary<string, string>? _environment;
    private List<Pending<int>>? _waiters;
    private HashSet<OpenFile>? _held;
    private HashSet<Signal>? _ignored;
    private (Program Program, IReadOnlyList<string> Arguments)? _replacement;

    public Process(Container container, Process? parent, int pid, IReadOnlyList<string> arguments, string workingDirectory, IReadOnlyList<OpenFile?> files)
    {
        Container = container;
        Parent = parent;
        Pid = pid;
        Arguments = arguments;
        WorkingDirectory = workingDirectory;
        _files = [.. files];
        Uid = parent?.Uid ?? container.Uid;
        Gid = parent?.Gid ?? container.Gid;
        if (parent?._ignored is { } ignored) _ignored = [.. ignored];
    }

    public Container Container { get; }

    public Kernel Kernel => Container.Kernel;

    public FileSystem Files => Container.Files;

    public Process? Parent { get; private set; }

    public int Pid { get; }

    public int Uid { get; set; }

    public int Gid { get; set; }

    /// <summary>The name it was called by, then its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; private set; }

    public string WorkingDirectory { get; set; }

    public DateTimeOffset StartedAt { get; init; }

    public int? ExitCode { get; private set; }

    public bool HasExited => ExitCode is not null;

    /// <summary>The signal that it has died of, if it has.</summary>
    public Signal? KilledBy { get; private set; }

    /// <summary>Gets a signal first; true if it has dealt with it.</summary>
    public Func<Signal, bool>? SignalHandler { get; set; }

    /// <summary>Told once, when the process has exited.</summary>
    public Action<Process>? Ended { get; set; }

    /// <summary>The environment; the container's own until it is set.</summary>
    public IReadOnlyDictionary<string, string> Environment
    {
        get => _environment ?? Container.Environment;
        set => _environment = ReferenceEquals(value, Container.Environment) ? null : value;
    }

    /// <summary>Nobody will look at the environment for a long time: it is made again if somebody does.</summary>
    public void Settle()
    {
        if (Pid == 1) _environment = null;
        Container.Forget();
    }

    /// <summary>Runs <paramref name="program"/> in this process when the kernel comes round to it.</summary>
    public void Start(Program program) => Kernel.Enqueue(this, () => _ = Main(program));

    /// <summary>Another routine of this process, beside the ones it has (a thread).</summary>
    public void Fork(Func<Routine<bool>> routine) => Kernel.Enqueue(this, () => _ = Watched(routine));

    /// <summary>A new process, a child of this one, that inherits what is not given.</summary>
    public Process Spawn(Program program, IReadOnlyList<string> arguments, IReadOnlyList<OpenFile?>? files = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var child = Container.NewProcess(this, arguments, WorkingDirectory, files ?? [.. _files.Select(f => f?.Share())]);
        child._environment = environment ?? _environment;
        child.Start(program);
        return child;
    }

    /// <summary>Turns this process into another program when the present one returns (exec).</summary>
    public void ReplaceBy(Program program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        _replacement = (program, arguments);
        if (environment is not null) Environment = environment;
    }

    public void Ignore(Signal signal, bool ignored)
    {
        if (ignored) (_ignored ??= []).Add(signal);
        else _ignored?.Remove(signal);
    }

    /// <summary>The exit code, when it has exited.</summary>
    public Pending<int> Exited(Process waiter)
    {
        var pending = new Pending<int>(waiter);
        if (ExitCode is { } code) pending.Complete(code);
        else (_waiters ??= []).Add(pending);
        return pending;
    }

    /// <summary>Delivers a signal. A container's first process does not die of one that it has not asked for, except SIGKILL.</summary>
    public void Send(Signal signal)
    {
        if (HasExited || signal is Signal.Exit or Signal.Stop or Signal.Cont) return;
        if (signal != Signal.Kill)
        {
            if (_ignored?.Contains(signal) == true) return;
            if (SignalHandler?.Invoke(signal) == true) return;
            if (Pid == 1 || Signals.IsIgnoredByDefault(signal)) return;
        }

        KilledBy = signal;
        Exit(128 + (int)signal);
    }

    public void Exit(int code)
    {
        if (HasExited) return;
        ExitCode = code & 0xFF;
        foreach (var file in _files) file?.Release();
        _files.Clear();
        foreach (var file in _held ?? []) file.Release();
        _held = null;
        SignalHandler = null;
        if (_waiters is not null)
        {
            foreach (var waiter in _waiters) waiter.Complete(ExitCode.Value);
        }

        _waiters = null;
        Ended?.Invoke(this);
        Container.OnExit(this);
    }

    /// <summary>Its parent has exited; the first process of the container adopts it.</summary>
    public void AdoptBy(Process? parent) => Parent = parent;

    // ---- files

    public OpenFile? File(int descriptor) => descriptor >= 0 && descriptor < _files.Count ? _files[descriptor] : null;

    /// <summary>Puts <paramref name="file"/> at a descriptor, closing what was there; null closes it.</summary>
    public void SetFile(int descriptor, OpenFile? file)
    {
        while (_files.Count <= descriptor) _files.Add(null);
        _files[descriptor]?.Release();
        _files[descriptor] = file;
    }

    /// <summary>The file has no descriptor, but is this process' own: it is closed when the process exits.</summary>
    public void Hold(OpenFile file) => (_held ??= new(1)).Add(file);

    /// <summary>Closes a file that the process holds.</summary>
    public void Close(OpenFile file)
    {
        if (_held?.Remove(file) == true) file.Release();
    }

    public IReadOnlyList<OpenFile?> ShareFiles() => [.. _files.Select(f => f?.Share())];

    public Routine<ReadOnlyMemory<byte>> Read(int descriptor = 0, int most = 64 * 1024) =>
        File(descriptor)?.Read(this, most) ?? Routine.Of<ReadOnlyMemory<byte>>(default);

    /// <summary>Writes to a descriptor. A reader that has gone kills the process (SIGPIPE), as it does everywhere.</summary>
    public async Routine<bool> Write(int descriptor, ReadOnlyMemory<byte> bytes)
    {
        if (File(descriptor) is not { } file) return false;
        if (await file.Write(this, bytes)) return true;
        Send(Signal.Pipe);
        if (HasExited) await new Pending<bool>(this);
        return false;
    }

    public Routine<bool> Print(string text) => Write(1, Encoding.UTF8.GetBytes(text));

    public Routine<bool> PrintLine(string text) => Print(text + "\n");

    public Routine<bool> Error(string line) => Write(2, Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Prints <c>name: message</c> to standard error and gives the exit code back.</summary>
    public async Routine<int> Fail(string name, string message, int code = 1)
    {
        await Error($"{FileSystem.NameOf(name)}: {message}");
        return code;
    }

    /// <summary>The name it was called by, without its folder.</summary>
    public string Name => Arguments.Count == 0 ? "" : Arguments[0][(Arguments[0].LastIndexOf('/') + 1)..];

    public string? Variable(string name) => Environment.TryGetValue(name, out var value) ? value : null;

    // ---- time

    public Pending<bool> Sleep(TimeSpan duration) => Kernel.Sleep(this, duration);

    public Pending<bool> Spend(int work = 1) => Kernel.Spend(this, work);

    private async Routine<bool> Watched(Func<Routine<bool>> routine)
    {
        try
        {
            return await routine();
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            Container.Crashed(this, bug);
            Exit(128 + (int)Signal.Segv);
            return false;
        }
    }

    private async Routine<int> Main(Program program)
    {
        while (true)
        {
            int code;
            try
            {
                code = await program(this, Arguments);
            }
            catch (OsException failure)
            {
                code = await Fail(Name, failure.Message);
            }
            catch (Exception bug) when (bug is not OutOfMemoryException)
            {
                Container.Crashed(this, bug);
                code = 128 + (int)Signal.Segv;
            }

            if (_replacement is not { } replacement)
            {
                Exit(code);
                return code;
            }

            _replacement = null;
            SignalHandler = null;
            program = replacement.Program;
            Arguments = replacement.Arguments;
        }
    }
}
