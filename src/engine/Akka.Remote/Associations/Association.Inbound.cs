namespace Akka.Remote.Associations;

/// <summary>The connections that the other system has made: the newest counts.</summary>
internal sealed partial class Association
{
    private InboundConnection? _inbound;

    public void Came(InboundConnection connection) => Interlocked.Exchange(ref _inbound, connection)?.Supersede();

    public void Gone(InboundConnection connection) => Interlocked.CompareExchange(ref _inbound, null, connection);

    private void CloseInbound(int uid)
    {
        if (Volatile.Read(ref _inbound) is { } inbound && inbound.PeerUid == uid) inbound.Supersede();
    }
}
