using Akka.Actor;

namespace Akka.Serialization;

/// <summary>The engine's messages to actors, and references.</summary>
internal sealed class MiscMessageSerializer(ExtendedActorSystem system) : WireSerializer(system)
{
    public override string ManifestOf(object message) => message switch
    {
        Identify => "ID",
        ActorIdentity => "AID",
        PoisonPill => "PP",
        Kill => "K",
        Done => "DN",
        Status.Success => "SS",
        Status.Failure => "SF",
        ActorSelectionMessage => "SEL",
        Address => "AD",
        ReceiveTimeout => "RT",
        IActorRef => "AR",
        _ => throw Unknown(message),
    };

    public override void Write(object message, WireBuffer to)
    {
        switch (message)
        {
            case Identify identify:
                Payload.Write(system.Serialization, identify.MessageId, to);
                break;
            case ActorIdentity identity:
                Payload.WriteRef(identity.Subject, to);
                Payload.Write(system.Serialization, identity.MessageId, to);
                break;
            case Status.Success success:
                Payload.Write(system.Serialization, success.Status, to);
                break;
            case Status.Failure failure:
                FailureCause.Write(system.Serialization, failure.Cause, to);
                Payload.Write(system.Serialization, failure.State, to);
                break;
            case ActorSelectionMessage selection:
                WriteSelection(selection, to);
                break;
            case Address address:
                to.WriteUtf8(address.ToString());
                break;
            case IActorRef actor:
                to.WriteUtf8(Serialization.SerializedActorPath(actor));
                break;
        }
    }

    public override object Read(ReadOnlySpan<byte> bytes, string manifest)
    {
        var reader = new WireReader(bytes);
        switch (manifest)
        {
            case "ID":
                return new Identify(Payload.Read(system.Serialization, ref reader));
            case "AID":
                var subject = Payload.ReadRef(system.Serialization, ref reader);
                return new ActorIdentity(Payload.Read(system.Serialization, ref reader), subject.IsNobody() ? null : subject);
            case "PP":
                return PoisonPill.Instance;
            case "K":
                return Kill.Instance;
            case "DN":
                return Done.Instance;
            case "RT":
                return ReceiveTimeout.Instance;
            case "SS":
                return Payload.Read(system.Serialization, ref reader) is { } status ? new Status.Success(status) : Status.Success.Instance;
            case "SF":
                var cause = FailureCause.Read(system.Serialization, ref reader);
                return new Status.Failure(cause!, Payload.Read(system.Serialization, ref reader));
            case "SEL":
                return ReadSelection(ref reader);
            case "AD":
                return Address.Parse(System.Text.Encoding.UTF8.GetString(bytes));
            case "AR":
                return system.Serialization.DeserializeActorRef(System.Text.Encoding.UTF8.GetString(bytes));
            default:
                throw Unknown(manifest);
        }
    }

    private void WriteSelection(ActorSelectionMessage selection, WireBuffer to)
    {
        to.WriteByte(selection.WildCardFanOut ? (byte)1 : (byte)0);
        to.WriteNumber((ulong)selection.Elements.Length);
        foreach (var element in selection.Elements) to.WriteText(element.ToString()!);
        Payload.Write(system.Serialization, selection.Message, to);
    }

    private ActorSelectionMessage ReadSelection(ref WireReader reader)
    {
        var fanOut = reader.ReadByte() != 0;
        var count = reader.ReadCount();
        var elements = new List<SelectionPathElement>();
        for (var i = 0; i < count; i++) elements.Add(SelectionParser.Element(reader.ReadText()));
        return new ActorSelectionMessage(Payload.Read(system.Serialization, ref reader), [.. elements], fanOut);
    }
}
