using System.Net;

namespace AkkaKube.Network.NodePorts;

/// <summary>Opens TCP ports of this machine. The seam between node ports and the operating system.</summary>
internal interface IPortListener
{
    /// <summary>Listens on an address; <paramref name="accepted"/> gets every connection, from any thread, until the port is closed.</summary>
    /// <returns>The open port; disposing it closes it, connections go on.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">The port is in use or may not be opened; nothing is open.</exception>
    IDisposable Listen(IPEndPoint address, Action<IClientConnection> accepted);
}

/// <summary>A connection of a client of this machine.</summary>
internal interface IClientConnection : IDisposable
{
    /// <summary>The client's address.</summary>
    string Client { get; }

    /// <summary>The next bytes; 0 when the client sends no more.</summary>
    /// <exception cref="IOException">The client is gone.</exception>
    ValueTask<int> Read(Memory<byte> buffer);

    /// <summary>Sends bytes; returns when the operating system has them.</summary>
    /// <exception cref="IOException">The client is gone.</exception>
    ValueTask Write(ReadOnlyMemory<byte> bytes);

    /// <summary>Says that no more will be sent.</summary>
    void Finish();
}
