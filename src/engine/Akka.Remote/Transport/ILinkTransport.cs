using Akka.Actor;
using Akka.Serialization;

namespace Akka.Remote.Transport;

/// <summary>Makes connections to other systems, and takes theirs.</summary>
internal interface ILinkTransport
{
    /// <summary>Whether a frame may get lost or come twice by itself: then none may lean on an earlier one.</summary>
    bool FramesAreIndependent { get; }

    /// <summary>Takes the place where the system can be reached, and says which it is.</summary>
    /// <exception cref="RemoteTransportException">It is taken by somebody else, or not one of this machine.</exception>
    Address Bind();

    /// <summary>Takes connections from now on; <paramref name="accept"/> gives each one's handler.</summary>
    void Listen(Func<ILink, ILinkHandler> accept);

    /// <summary>Makes a connection. The handler hears <see cref="ILinkHandler.Opened"/>, or <see cref="ILinkHandler.Closed"/> when there is none.</summary>
    void Connect(Address remote, ILinkHandler handler);

    /// <summary>Ends all connections.</summary>
    void Close();
}

/// <summary>A connection. Frames are written whole, each with its length in four bytes before it.</summary>
internal interface ILink
{
    /// <summary>Who is at the other end, for the log.</summary>
    string Peer { get; }

    /// <summary>Writes all of the buffer, which must not change until then. True when that is done; else <see cref="ILinkHandler.Written"/> is called when it is. One write at a time.</summary>
    bool Write(WireBuffer frames);

    /// <summary>Ends the connection; the handler hears nothing more of it but <see cref="ILinkHandler.Closed"/>.</summary>
    void Close();
}

/// <summary>What happens on a connection. Each is called by one thread at a time.</summary>
internal interface ILinkHandler
{
    /// <summary>How large a frame may be that comes now; a larger one ends the connection.</summary>
    int MaximumFrame { get; }

    void Opened(ILink link);
    void Received(ReadOnlySpan<byte> frame);
    void Written();
    void Closed(Exception? cause);
}

/// <summary>Remoting cannot do what it should.</summary>
internal sealed class RemoteTransportException(string message, Exception? cause = null) : AkkaException(message, cause!);
