namespace AkkaKube.Runtime;

/// <summary>What a process can do with the network. Everything completes on the sandbox's turn.</summary>
internal interface INetwork
{
    /// <summary>The sandbox's address.</summary>
    string Ip { get; }

    /// <summary>Listens on a port.</summary>
    Pending<(ListeningSocket? Socket, Errno Error)> Listen(Process process, int port, bool loopbackOnly = false);

    /// <summary>Connects to an address.</summary>
    Pending<(SocketFile? Socket, Errno Error)> Connect(Process process, string ip, int port, TimeSpan? timeout);

    /// <summary>Asks the cluster's DNS.</summary>
    Pending<NameAnswer> Resolve(Process process, NameQuestion question);
}

/// <summary>A question to the name server.</summary>
internal sealed record NameQuestion(string Name, IReadOnlyList<string> Search, int Ndots, Fabric.FabricActor.RecordType Type);

/// <summary>Its answer; with a failure there are no values.</summary>
internal sealed record NameAnswer(string Name, IReadOnlyList<string> Values, Fabric.FabricActor.ResolveFailure? Failure);
