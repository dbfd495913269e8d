using System.Globalization;
using Akka.Actor;
using AkkaKube.Fabric;
using AkkaKube.Network.Services;

namespace AkkaKube.Network.Dns;

/// <summary>
/// The cluster's DNS server: answers what programs ask the fabric, from the zone that the Services make. A name outside the
/// cluster's domain has no upstream to ask, so it does not exist.
/// </summary>
public sealed class ClusterDns : ReceiveActor
{
    private readonly Random _random;
    private DnsZone _zone;

    private ClusterDns(IActorRef fabric, IActorRef services, string domain, Random random)
    {
        _random = random;
        _zone = new DnsZone(domain, []);
        Receive<ServiceView>(view => _zone = view.Zone);
        Receive<FabricActor.Resolve>(Answer);
        fabric.Tell(new FabricActor.SetResolver(Self));
        services.Tell(ServiceWatcher.Subscribe.Instance);
    }

    /// <summary>One for the process.</summary>
    public static Props Props(IActorRef fabric, IActorRef services, string domain, Random random) =>
        Akka.Actor.Props.Create(() => new ClusterDns(fabric, services, domain, random));

    private void Answer(FabricActor.Resolve query)
    {
        var type = query.Type switch
        {
            FabricActor.RecordType.Aaaa => DnsType.Aaaa,
            FabricActor.RecordType.Srv => DnsType.Srv,
            FabricActor.RecordType.Ptr => DnsType.Ptr,
            FabricActor.RecordType.Cname => DnsType.Cname,
            _ => DnsType.A,
        };
        foreach (var name in SearchPath.Candidates(query.Name, query.Search, query.Ndots))
        {
            var answer = _zone.Answer(name, type);
            if (answer.Code != DnsCode.NoError) continue;
            // An alias to a name outside says where it goes; nobody here knows that name's address.
            var values = answer.Records.Where(r => r.Type == type).Select(Value).ToArray();
            _random.Shuffle(values);
            Sender.Tell(new FabricActor.Resolved(name, values, query.Tag));
            return;
        }
        Sender.Tell(new FabricActor.NotResolved(query.Name, FabricActor.ResolveFailure.NoSuchName, query.Tag));
    }

    private static string Value(DnsRecord record) =>
        record.Type == DnsType.Srv ? string.Create(CultureInfo.InvariantCulture, $"0 100 {record.Port} {record.Data}") : record.Data;
}
