using Akka.Actor;
using AkkaKube.Console.Faults;
using AkkaKube.Console.Hosts;

namespace AkkaKube.Console.Commands;

/// <summary>What a host gives its console: all that commands reach.</summary>
public sealed record ConsoleServices
{
    /// <summary>How the console works.</summary>
    public required ConsoleSettings Settings { get; init; }

    /// <summary>The hosts of the cluster.</summary>
    public IHosts Hosts { get; init; } = new SingleHost();

    /// <summary>The API server of this host; null: commands that need it say so.</summary>
    public IActorRef? ApiServer { get; init; }

    /// <summary>Switches the machines of nodes on and off.</summary>
    public NodeSwitch? Nodes { get; init; }

    /// <summary>Where the parts of the control plane are in the tree of actors.</summary>
    public ClusterParts Parts { get; init; } = ClusterParts.SingleHost;

    /// <summary>Breaks links of this host.</summary>
    public IFaults Faults { get; init; } = new NoFaults();

    /// <summary>What is broken now; one for the process, whatever becomes of its actor system.</summary>
    public FaultMemory FaultMemory { get; init; } = new();

    /// <summary>Ends or stops this process.</summary>
    public IHostProcess Process { get; init; } = new HostProcess();
}

/// <summary>Switches machines on and off, in the words of the actor that runs them.</summary>
/// <param name="Machines">That actor.</param>
/// <param name="Off">The message that switches a node off.</param>
/// <param name="On">The message that switches a node on.</param>
public sealed record NodeSwitch(IActorRef Machines, Func<string, object> Off, Func<string, object> On);
