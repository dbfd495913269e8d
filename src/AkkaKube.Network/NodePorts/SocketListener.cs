using System.Net;
using System.Net.Sockets;

namespace AkkaKube.Network.NodePorts;

/// <summary>The ports of this machine, by sockets.</summary>
/// <param name="shared">Other processes may listen on the same port: the system deals out who connects. .NET's 'reuse address' says that everywhere.</param>
internal sealed class SocketListener(bool shared) : IPortListener
{
    public IDisposable Listen(IPEndPoint address, Action<IClientConnection> accepted)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (shared) socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(address);
            socket.Listen(512);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        _ = Accept(socket, accepted);
        return socket;
    }

    private static async Task Accept(Socket socket, Action<IClientConnection> accepted)
    {
        while (true)
        {
            try
            {
                accepted(new Client(await socket.AcceptAsync().ConfigureAwait(false)));
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.TooManyOpenSockets)
            {
                // That client is lost, the port goes on.
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private sealed class Client : IClientConnection
    {
        private readonly Socket _socket;
        private readonly NetworkStream _stream;

        public Client(Socket socket)
        {
            _socket = socket;
            _socket.NoDelay = true;
            _stream = new NetworkStream(socket, ownsSocket: true);
        }

        string IClientConnection.Client => _socket.RemoteEndPoint is IPEndPoint end ? end.Address.ToString() : "127.0.0.1";

        public ValueTask<int> Read(Memory<byte> buffer) => _stream.ReadAsync(buffer);

        public ValueTask Write(ReadOnlyMemory<byte> bytes) => _stream.WriteAsync(bytes);

        public void Finish()
        {
            try
            {
                _socket.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // The client closed first.
            }
            catch (ObjectDisposedException)
            {
                // Closed on our side already.
            }
        }

        public void Dispose() => _stream.Dispose();
    }
}
