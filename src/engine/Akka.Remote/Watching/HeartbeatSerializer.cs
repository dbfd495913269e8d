using Akka.Actor;
using Akka.Serialization;

namespace Akka.Remote.Watching;

/// <summary>What the watchers of two systems tell each other.</summary>
internal interface IHeartbeatMessage : IPossiblyHarmful, Event.IDeadLetterSuppression;

/// <summary>Writes it.</summary>
internal sealed class HeartbeatSerializer(ExtendedActorSystem system) : WireSerializer(system)
{
    public override string ManifestOf(object message) => message switch
    {
        RemoteWatcher.Heartbeat => "HB",
        RemoteWatcher.HeartbeatRsp => "HBR",
        _ => throw Unknown(message),
    };

    public override void Write(object message, WireBuffer to)
    {
        if (message is RemoteWatcher.HeartbeatRsp answer) to.WriteFixed32(answer.Uid);
    }

    public override object Read(ReadOnlySpan<byte> bytes, string manifest) => manifest switch
    {
        "HB" => new RemoteWatcher.Heartbeat(),
        "HBR" => new RemoteWatcher.HeartbeatRsp(new WireReader(bytes).ReadFixed32()),
        _ => throw Unknown(manifest),
    };
}
