using System.Text;

namespace AkkaKube.Runtime;

/// <summary>What a container tells the sandbox that it lives in.</summary>
internal interface IContainerHost
{
    Kernel Kernel { get; }

    PodSandboxConfig Pod { get; }

    /// <summary>Files of the sandbox that every container of it sees: /etc/hosts and its kind, and the volumes.</summary>
    void MountInto(FileSystem files, Container container);

    /// <summary>It has ended.</summary>
    void Exited(Container container);

    /// <summary>It has printed something that a follower of its log may wait for.</summary>
    void Printed(Container container);

    /// <summary>A program has a bug.</summary>
    void Crashed(Container container, Process process, Exception bug);
}

/// <summary>A container: its state, its processes, and, as soon as one of them looks at it, its file system.</summary>
internal sealed class Container
{
    private readonly IContainerHost _host;
    private readonly List<Process> _processes = [];
    private FileSystem? _files;
    private IReadOnlyDictionary<string, string>? _environment;
    private int _lastPid;
    private bool _outOfMemory;

    public Container(string id, IContainerHost host, ContainerConfig config, ImageDefinition image, string imageRef, long logLimit)
    {
        Id = id;
        _host = host;
        Config = config;
        Image = image;
        ImageRef = imageRef;
        CreatedAt = host.Kernel.Now;
        Log = new ContainerLog(logLimit);
        Uid = (int)(config.RunAsUser ?? image.Uid);
        Gid = (int)(config.RunAsGroup ?? image.Gid);
    }

    public string Id { get; }

    public ContainerConfig Config { get; }

    public ImageDefinition Image { get; }

    public string ImageRef { get; }

    public ContainerLog Log { get; }

    public Kernel Kernel => _host.Kernel;

    public PodSandboxConfig Pod => _host.Pod;

    public string Hostname => Pod.Hostname.Length > 0 ? Pod.Hostname : Pod.Name;

    public int Uid { get; }

    public int Gid { get; }

    public ContainerState State { get; private set; }

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    public int ExitCode { get; private set; }

    public string Reason { get; private set; } = "";

    public string Message { get; private set; } = "";

    public IReadOnlyList<Process> Processes => _processes;

    public Process? Init => _processes.Count > 0 && _processes[0].Pid == 1 ? _processes[0] : null;

    public FileSystem Files => _files ??= NewFileSystem();

    public string WorkingDirectory => Config.WorkingDir.Length > 0 ? Config.WorkingDir : Image.WorkingDir;

    /// <summary>The environment its first process starts with. Made when it is looked at, forgotten with the container.</summary>
    public IReadOnlyDictionary<string, string> Environment => _environment ??= NewEnvironment();

    /// <summary>The command line: the config's command and arguments, or the image's.</summary>
    public IReadOnlyList<string> CommandLine => Config.Command.Count > 0
        ? [.. Config.Command, .. Config.Args]
        : [.. Image.Entrypoint, .. Config.Args.Count > 0 ? Config.Args : Image.Cmd];

    public ContainerStatus Status => new(Id, "", Pod.Uid, Config.Name, Config.Attempt, State)
    {
        Image = Config.Image,
        ImageRef = ImageRef,
        CreatedAt = CreatedAt,
        StartedAt = StartedAt,
        FinishedAt = FinishedAt,
        ExitCode = ExitCode,
        Reason = Reason,
        Message = Message,
        Labels = Config.Labels,
    };

    /// <summary>Starts the first process; a text if its executable cannot be run.</summary>
    /// <param name="since">When the container started, if that was on another host.</param>
    public string? Start(DateTimeOffset? since = null)
    {
        var executable = Executable.Resolve(Files, Environment, WorkingDirectory, CommandLine, Image);
        if (executable.Program is not { } program)
        {
            State = ContainerState.Exited;
            FinishedAt = Kernel.Now;
            ExitCode = 128;
            Reason = "StartError";
            Message = "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: " +
                $"unable to start container process: error during container init: {executable.StartFailure}: unknown";
            return Message;
        }

        State = ContainerState.Running;
        StartedAt = since ?? Kernel.Now;
        var init = NewProcess(null, executable.Arguments, WorkingDirectory, [new NullFile(), new LogFile(this, LogStream.Stdout), new LogFile(this, LogStream.Stderr)]);
        init.Start(program);
        Forget();
        return null;
    }

    /// <summary>Lets go of what can be made again: most containers never write a file nor look at their environment twice.</summary>
    public void Forget()
    {
        if (_files is { IsChanged: false }) _files = null;
        _environment = null;
    }

    /// <summary>A process beside the first: an exec.</summary>
    public (Process? Process, string? Failure) Exec(IReadOnlyList<string> command, OpenFile stdin, OpenFile stdout, OpenFile stderr)
    {
        var executable = Executable.Resolve(Files, Environment, WorkingDirectory, command, Image);
        if (executable.Program is null) return (null, executable.StartFailure);
        var process = NewProcess(null, executable.Arguments, WorkingDirectory, [stdin, stdout, stderr]);
        process.Start(executable.Program);
        return (process, null);
    }

    public Process NewProcess(Process? parent, IReadOnlyList<string> arguments, string workingDirectory, IReadOnlyList<OpenFile?> files)
    {
        var process = new Process(this, parent, ++_lastPid, arguments, workingDirectory, files) { StartedAt = Kernel.Now };
        _processes.Add(process);
        return process;
    }

    public void Signal(Signal signal) => Init?.Send(signal);

    /// <summary>The memory limit is exceeded: the kernel kills the process, and with the first one the container.</summary>
    public void KillOutOfMemory(Process process)
    {
        _outOfMemory |= process.Pid == 1;
        process.Send(Runtime.Signal.Kill);
    }

    public void OnExit(Process process)
    {
        _processes.Remove(process);
        if (process.Pid != 1)
        {
            foreach (var orphan in _processes.Where(p => p.Parent == process)) orphan.AdoptBy(Init);
            process.Parent?.Send(Runtime.Signal.Chld);
            return;
        }

        foreach (var left in _processes.ToList()) left.Send(Runtime.Signal.Kill);
        Finish(process.ExitCode!.Value);
    }

    /// <summary>One of its processes has printed something.</summary>
    public void Print(LogStream stream, ReadOnlyMemory<byte> bytes)
    {
        Log.Write(Config.Tty ? LogStream.Stdout : stream, bytes, Kernel.Now);
        _host.Printed(this);
    }

    public void Crashed(Process process, Exception bug) => _host.Crashed(this, process, bug);

    private void Finish(int exitCode)
    {
        State = ContainerState.Exited;
        FinishedAt = Kernel.Now;
        ExitCode = exitCode;
        Reason = _outOfMemory ? "OOMKilled" : exitCode == 0 ? "Completed" : "Error";
        Log.Finish(Kernel.Now);
        Message = TerminationMessage();
        _files = null;
        _environment = null;
        _host.Exited(this);
    }

    private string TerminationMessage()
    {
        const int longest = 4096;
        var written = _files?.Find(Config.TerminationMessagePath) is FileInode { Length: > 0 } file ? file.Content : default;
        if (!written.IsEmpty) return Encoding.UTF8.GetString(written.Span[..Math.Min(longest, written.Length)]);
        return Config.TerminationMessageFallsBackToLog && ExitCode != 0 ? Log.Tail() : "";
    }

    private Dictionary<string, string> NewEnvironment()
    {
        var environment = new Dictionary<string, string>(Image.Env.Count + Config.Env.Count + 3);
        foreach (var (name, value) in Image.Env) environment[name] = value;
        environment["HOSTNAME"] = Hostname;
        if (Config.Tty) environment["TERM"] = "xterm";
        foreach (var (name, value) in Config.Env) environment[name] = value;
        environment.TryAdd("HOME", Image.Home(Uid));
        return environment;
    }

    private FileSystem NewFileSystem()
    {
        var files = new FileSystem(Image.Root, Config.ReadOnlyRootFilesystem, () => Kernel.Now);
        _host.MountInto(files, this);
        var message = new FileInode(mode: 0b110_110_110);
        files.Mount(Config.TerminationMessagePath, () => message, readOnly: false);
        return files;
    }
}
