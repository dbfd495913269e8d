using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Serialization;

/// <summary>The engine's messages to cells that may come from another host: watch, unwatch, stop, and word of a death.</summary>
internal sealed class SystemMessageSerializer(ExtendedActorSystem system) : WireSerializer(system)
{
    public override string ManifestOf(object message) => message switch
    {
        Watch => "W",
        Unwatch => "U",
        DeathWatchNotification => "D",
        Terminate => "T",
        _ => throw Unknown(message),
    };

    public override void Write(object message, WireBuffer to)
    {
        switch (message)
        {
            case Watch watch:
                Payload.WriteRef(watch.Watchee, to);
                Payload.WriteRef(watch.Watcher, to);
                break;
            case Unwatch unwatch:
                Payload.WriteRef(unwatch.Watchee, to);
                Payload.WriteRef(unwatch.Watcher, to);
                break;
            case DeathWatchNotification gone:
                Payload.WriteRef(gone.Actor, to);
                to.WriteByte((byte)((gone.ExistenceConfirmed ? 1 : 0) | (gone.AddressTerminated ? 2 : 0)));
                break;
        }
    }

    public override object Read(ReadOnlySpan<byte> bytes, string manifest)
    {
        var reader = new WireReader(bytes);
        switch (manifest)
        {
            case "W":
                return new Watch(Ref(ref reader), Ref(ref reader));
            case "U":
                return new Unwatch(Ref(ref reader), Ref(ref reader));
            case "D":
                var actor = Ref(ref reader);
                var flags = reader.ReadByte();
                return new DeathWatchNotification(actor, (flags & 1) != 0, (flags & 2) != 0);
            case "T":
                return new Terminate();
            default:
                throw Unknown(manifest);
        }
    }

    private IInternalActorRef Ref(ref WireReader reader) => (IInternalActorRef)Payload.ReadRef(system.Serialization, ref reader);
}
