using System.Text;
using AkkaKube.Runtime;

namespace AkkaKube.Runtime.Tests;

/// <summary>A machine without actors and with a clock of its own: runs one container's programs to their end.</summary>
internal sealed class EmulatedMachine : IMachine, IContainerHost
{
    private DateTimeOffset? _wakesAt;
    private readonly List<Mount> _mounts = [];
    private SandboxFiles? _files;

    public EmulatedMachine()
    {
        Kernel = new Kernel(this);
    }

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Random Random { get; } = new(1);

    public INetwork Network => throw new InvalidOperationException("this machine has no network");

    public Kernel Kernel { get; }

    public PodSandboxConfig Pod { get; init; } = new("default", "web-0", "uid") { Ip = "10.244.0.7", Dns = new DnsConfig(["10.96.0.10"], ["default.svc.cluster.local"], ["ndots:5"]) };

    public List<string> Crashes { get; } = [];

    public Container? Container { get; private set; }

    public string Output => Text(LogStream.Stdout);

    public string Errors => Text(LogStream.Stderr);

    public void WakeAt(DateTimeOffset time) => _wakesAt = time;

    public void MountInto(FileSystem files, Container container)
    {
        _files ??= new SandboxFiles(Pod, () => Now);
        foreach (var mount in container.Config.Mounts) _files.Add(mount);
        _files.MountInto(files, container);
    }

    public void Exited(Container container)
    {
    }

    public void Printed(Container container)
    {
    }

    public void Crashed(Container container, Process process, Exception bug) => Crashes.Add(bug.ToString());

    public Container Create(ContainerConfig config, string image = "busybox")
    {
        var reference = ImageReference.Parse(image, out _)!;
        var settings = RuntimeSettings.From(AkkaKube.Tests.ReferenceConf.With());
        return Container = new Container("c1", this, config, new ImageCatalog(settings).Find(image, reference).Image!, "", 1 << 20);
    }

    /// <summary>Starts a container and lets time pass until it has ended, or the limit is reached.</summary>
    public Container Run(ContainerConfig config, TimeSpan? limit = null, string image = "busybox")
    {
        var container = Create(config, image);
        container.Start();
        Advance(limit ?? TimeSpan.FromHours(1), () => container.State == ContainerState.Exited);
        return container;
    }

    public Container Sh(string script, TimeSpan? limit = null) => Run(new ContainerConfig("main", "busybox") { Command = ["sh", "-c", script] }, limit);

    public void Advance(TimeSpan time, Func<bool>? until = null)
    {
        var end = Now + time;
        Kernel.Run();
        while (until?.Invoke() != true && _wakesAt is { } next && next <= end)
        {
            _wakesAt = null;
            if (next > Now) Now = next;
            Kernel.Run();
        }

        if (until is null && Now < end) Now = end;
    }

    /// <summary>Both streams, as they were written.</summary>
    public string All => Text(null);

    private string Text(LogStream? stream) => Encoding.UTF8.GetString(Container!.Log.Read(new ContainerRuntime.ReadLog("") { Stream = stream }, running: false)!.Bytes.Span);
}
