using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Serialization;

namespace Akka.Cluster.Serialization;

/// <summary>Writes what the cluster's own actors say to other hosts. A reader passes over what a later version adds behind the fields that it knows.</summary>
public class ClusterMessageSerializer : SerializerWithStringManifest
{
    private const string HeartbeatManifest = "HB";
    private const string HeartbeatResponseManifest = "HBR";
    private const string TableChangedManifest = "TC";
    private const string DeclaredDownManifest = "DD";

    /// <summary>The serializer of a system.</summary>
    public ClusterMessageSerializer(ExtendedActorSystem system) : base(system) { }

    /// <inheritdoc />
    public override string Manifest(object o) => o switch
    {
        HeartbeatActor.Heartbeat => HeartbeatManifest,
        HeartbeatActor.HeartbeatResponse => HeartbeatResponseManifest,
        MembershipActor.TableChanged => TableChangedManifest,
        MembershipActor.DeclaredDown => DeclaredDownManifest,
        _ => throw new ArgumentException($"{GetType()} does not write {o.GetType()}", nameof(o)),
    };

    /// <inheritdoc />
    public override byte[] ToBinary(object obj)
    {
        using var buffer = new WireBuffer(64);
        switch (obj)
        {
            case HeartbeatActor.Heartbeat heartbeat:
                buffer.WriteText(heartbeat.From.Address.ToString());
                buffer.WriteSigned(heartbeat.From.Uid);
                buffer.WriteSigned(heartbeat.To);
                break;
            case HeartbeatActor.HeartbeatResponse response:
                buffer.WriteSigned(response.From);
                buffer.WriteSigned(response.To);
                break;
            case MembershipActor.TableChanged:
                break;
            case MembershipActor.DeclaredDown down:
                buffer.WriteSigned(down.Uid);
                buffer.WriteText(down.By.ToString());
                break;
            default:
                throw new ArgumentException($"{GetType()} does not write {obj.GetType()}", nameof(obj));
        }

        return buffer.Written.ToArray();
    }

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, string manifest)
    {
        var reader = new WireReader(bytes);
        switch (manifest)
        {
            case HeartbeatManifest:
                var address = Address.Parse(reader.ReadText());
                return new HeartbeatActor.Heartbeat(new UniqueAddress(address, (int)reader.ReadSigned()), (int)reader.ReadSigned());
            case HeartbeatResponseManifest:
                return new HeartbeatActor.HeartbeatResponse((int)reader.ReadSigned(), (int)reader.ReadSigned());
            case TableChangedManifest:
                return MembershipActor.TableChanged.Instance;
            case DeclaredDownManifest:
                return new MembershipActor.DeclaredDown((int)reader.ReadSigned(), Address.Parse(reader.ReadText()));
            default:
                throw new SerializationException($"{GetType()} does not know the manifest '{manifest}'");
        }
    }
}
