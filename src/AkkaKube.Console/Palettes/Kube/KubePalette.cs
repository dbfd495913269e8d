using AkkaKube.Console.Chaos;
using AkkaKube.Console.Commands;

namespace AkkaKube.Console.Palettes.Kube;

/// <summary>The parts of Kubernetes, and what can go wrong with them.</summary>
internal static class KubePalette
{
    private static readonly Argument Node = new("NODE", ArgumentKind.Node);
    private static readonly Argument Target = new("TARGET", ArgumentKind.Peer);
    private static readonly Option For = new("--for", new Argument("TIME", ArgumentKind.Duration), "heals by itself after this time");

    public static IReadOnlyList<ConsoleCommand> Commands { get; } =
    [
        new("kube", "nodes", "lists the nodes, with the host on which the kubelet runs", KubeNodes.Props),
        new("kube", "kill-node", "switches a node off: kubelet, containers and kube-proxy stop without a word", SwitchNode.Off) { Arguments = [Node] },
        new("kube", "start-node", "switches a node on that was switched off", SwitchNode.On) { Arguments = [Node] },
        new("kube", "kill-host", "ends the process of a host at once, as kill -9 would", KillHost.Props) { Arguments = [new Argument("HOST", ArgumentKind.Host)] },
        .. ClusterPart.All.Select(Kill),
        .. ClusterPart.All.Select(Pause),
        new("kube", "pause", "stops a host's process for a while (10s where no time is given), or an actor by its path until it is resumed", PauseTarget.Props)
        {
            Arguments = [new Argument("TARGET", ArgumentKind.Host)],
            Options = [For],
        },
        new("kube", "resume", "lets a paused part or actor go on, or all where none is named", Resume.Props)
        {
            Arguments = [new Argument("PART", ArgumentKind.Word) { IsOptional = true }, new Argument("NAME", ArgumentKind.Word) { IsOptional = true }],
        },
        new("kube", "partition", "cuts a host from another one or from the database", Partition.Props)
        {
            Arguments = [new Argument("A", ArgumentKind.Host), new Argument("B", ArgumentKind.Peer)],
            Options = [new Option("--one-way", null, "only what goes from A to B is lost"), For],
        },
        new("kube", "slow", "makes all that a host sends, or all work of the database, take longer", SlowOrDrop.Props)
        {
            Arguments = [Target, new Argument("DELAY", ArgumentKind.Duration)],
            Options = [For],
        },
        new("kube", "drop", "loses a share of what a host sends, or of the work of the database", SlowOrDrop.Props)
        {
            Arguments = [Target, new Argument("SHARE", ArgumentKind.Percent)],
            Options = [For],
        },
        new("kube", "faults", "lists what is cut, slow, lossy or paused now", ListFaults.Props),
        new("kube", "heal", "takes all faults of links away", Heal.Props) { Everywhere = true },
        new("kube", "fault", "breaks one link of this host: how other hosts' consoles pass a fault on", ApplyFault.Props)
        {
            Arguments = [new Argument("WHAT", ArgumentKind.Word), new Argument("PEER", ArgumentKind.Peer), new Argument("VALUE", ArgumentKind.Word)],
            Options = [For],
            IsInternal = true,
        },
        new("kube", "chaos start", "breaks things by chance, the same things for the same seed, and heals them", ChaosCommands.Start)
        {
            Options =
            [
                new Option("--seed", new Argument("SEED", ArgumentKind.Number), "what decides which faults come, and when") { IsRequired = true },
                new Option("--rate", new Argument("RATE", ArgumentKind.Number), "faults in a minute") { IsRequired = true },
                new Option("--for", new Argument("TIME", ArgumentKind.Duration), "ends after this time, with everything healed"),
            ],
        },
        new("kube", "chaos stop", "ends the chaos and heals what it broke", ChaosCommands.Stop),
        new("kube", "trace", "tells how an object came about: every message, from, to, at, took, revision", Tracing.TraceCommand.Props) { Arguments = [new Argument("KIND/NAME", ArgumentKind.Object)] },
        new("kube", "chaos report", "lists what the chaos did, when, and what healed", ChaosCommands.Report),
    ];

    private static ConsoleCommand Kill(ClusterPart part) => new("kube", $"kill {part.Name}", $"crashes {Described(part)}; its supervisor starts it again", call => KillPart.Props(call, part))
    {
        Arguments = part.Argument is { } argument ? [argument] : [],
    };

    private static ConsoleCommand Pause(ClusterPart part) => new("kube", $"pause {part.Name}", $"stops {Described(part)} between two messages; the others see it hang", call => PausePart.Props(call, part))
    {
        Arguments = part.Argument is { } argument ? [argument] : [],
        Options = [For],
    };

    private static string Described(ClusterPart part) => part.Name switch
    {
        "controller" => "a controller",
        "apiserver" => "the API server of a host",
        "etcd" => "the etcd shard of a resource type",
        "kubelet" => "the kubelet of a node",
        "kube-proxy" => "the kube-proxy of a node",
        _ => $"the {part.Name}",
    };
}
