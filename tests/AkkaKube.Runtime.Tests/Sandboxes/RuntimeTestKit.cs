using System.Text;
using Akka.Actor;
using AkkaKube.Fabric;
using AkkaKube.Tests;
using static AkkaKube.Runtime.ContainerRuntime;

namespace AkkaKube.Runtime.Tests.Sandboxes;

/// <summary>A fabric and the runtime of one node; the test is the kubelet.</summary>
public abstract class RuntimeTestKit : VirtualTime
{
    private int _lastOctet = 1;

    protected RuntimeTestKit(string settings = "", int seed = 1)
        : base(seed)
    {
        var config = ReferenceConf.With(settings);
        Fabric = Sys.ActorOf(FabricActor.Props(FabricSettings.From(config), new Random(seed)), "fabric");
        Runtime = Sys.ActorOf(ContainerRuntime.Props("node-1", RuntimeSettings.From(config), Fabric, new Random(seed)), "runtime");
    }

    protected IActorRef Fabric { get; }

    protected IActorRef Runtime { get; }

    /// <summary>Asks, lets time pass until it is answered, and hands the answer over; events that come first are passed over.</summary>
    protected T Ask<T>(Request request, double within = 10)
        where T : Reply
    {
        Runtime.Tell(request, TestActor);
        return Await<T>(within);
    }

    private T Await<T>(double within)
        where T : Reply
    {
        for (var waited = 0.0; ; waited += 0.05)
        {
            while (HasMessages)
            {
                var message = ReceiveOne(TimeSpan.Zero);
                if (message is T reply) return reply;
                if (message is Failed) throw new InvalidOperationException(message.ToString());
            }

            if (waited >= within) throw new TimeoutException($"no {typeof(T).Name} within {within} s");
            Advance(0.05);
        }
    }

    protected string Sandbox(string name = "web-0", Func<PodSandboxConfig, PodSandboxConfig>? with = null)
    {
        var config = new PodSandboxConfig("default", name, "uid-" + name)
        {
            Ip = $"10.244.1.{++_lastOctet}",
            Hostname = name,
            Dns = new DnsConfig(["10.96.0.10"], ["default.svc.cluster.local", "svc.cluster.local", "cluster.local"], ["ndots:5"]),
        };
        return Ask<PodSandboxRun>(new RunPodSandbox(with?.Invoke(config) ?? config)).PodSandboxId;
    }

    protected string Create(string sandbox, ContainerConfig config)
    {
        Ask<ImagePulled>(new PullImage(config.Image), within: 120);
        return Ask<ContainerCreated>(new CreateContainer(sandbox, config)).ContainerId;
    }

    protected string Start(string sandbox, ContainerConfig config)
    {
        var id = Create(sandbox, config);
        Ask<ContainerStarted>(new StartContainer(id));
        return id;
    }

    protected string Sh(string sandbox, string script, string name = "main") => Start(sandbox, new ContainerConfig(name, "busybox") { Command = ["sh", "-c", script] });

    protected ContainerStatus Ended(string container, double within = 120)
    {
        for (var waited = 0.0; ; waited++)
        {
            var status = Ask<ContainerStatusIs>(new GetContainerStatus(container)).Status;
            if (status.State == ContainerState.Exited) return status;
            waited.ShouldBeLessThan(within, "the container still runs");
            Advance(1);
        }
    }

    protected string LogOf(string container, Func<ReadLog, ReadLog>? with = null)
    {
        var read = new ReadLog(container);
        return Encoding.UTF8.GetString(Ask<LogRead>(with?.Invoke(read) ?? read).Bytes.Span);
    }
}
