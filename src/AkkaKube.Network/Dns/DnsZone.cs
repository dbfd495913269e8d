using System.Globalization;
using System.Net;
using AkkaKube.Api;

namespace AkkaKube.Network.Dns;

/// <summary>
/// The names of the cluster at one moment, by the Kubernetes DNS specification 1.1: services, endpoints of headless services,
/// named ports, pods by address. Immutable.
/// </summary>
public sealed class DnsZone
{
    private readonly string _domain;
    private readonly Dictionary<ObjectKey, ServiceNames> _services;
    private readonly Dictionary<string, string> _byAddress = [];

    /// <summary>A zone of these services under <paramref name="domain"/>, e.g. <c>cluster.local</c>.</summary>
    public DnsZone(string domain, IEnumerable<ServiceNames> services)
    {
        _domain = domain;
        _services = services.ToDictionary(s => s.Service);
        foreach (var service in _services.Values)
        {
            foreach (var ip in service.ClusterIps) _byAddress[ip] = NameOf(service.Service);
            foreach (var endpoint in service.Endpoints) _byAddress.TryAdd(endpoint.Ip, $"{endpoint.Label}.{NameOf(service.Service)}");
        }
    }

    /// <summary>Answers a query for a full name, with or without the final dot.</summary>
    public DnsAnswer Answer(string name, DnsType type)
    {
        name = name.TrimEnd('.').ToLowerInvariant();
        if (name.EndsWith(".in-addr.arpa", StringComparison.Ordinal)) return Reverse(name, type);
        if (!name.EndsWith("." + _domain, StringComparison.Ordinal)) return DnsAnswer.NoSuchName;
        var labels = name[..^(_domain.Length + 1)].Split('.');
        return labels switch
        {
            ["svc"] or [_, "svc"] => labels.Length == 1 || _services.Keys.Any(k => k.Namespace == labels[0]) ? DnsAnswer.NoData : DnsAnswer.NoSuchName,
            [var service, var space, "svc"] => Find(space, service) is { } found ? OfService(name, found, type) : DnsAnswer.NoSuchName,
            [var label, var service, var space, "svc"] => Find(space, service) is { } found ? OfEndpoint(name, found, label, type) : DnsAnswer.NoSuchName,
            [['_', .. var port], ['_', .. var protocol], var service, var space, "svc"] =>
                Find(space, service) is { } found ? OfPort(name, found, port, protocol, type) : DnsAnswer.NoSuchName,
            [var dashed, _, "pod"] when IPAddress.TryParse(dashed.Replace('-', '.'), out var ip) => Records(type, DnsType.A, [new DnsRecord(name, DnsType.A, ip.ToString())]),
            _ => DnsAnswer.NoSuchName,
        };
    }

    private ServiceNames? Find(string space, string service) => _services.GetValueOrDefault(new ObjectKey(space, service));

    private DnsAnswer OfService(string name, ServiceNames service, DnsType type)
    {
        if (service.ExternalName is { } external)
        {
            var alias = new DnsRecord(name, DnsType.Cname, external);
            // The target may itself be a name of this cluster: the answer then carries its records too.
            return external.EndsWith("." + _domain, StringComparison.OrdinalIgnoreCase) && type != DnsType.Cname && external != name
                ? new DnsAnswer(DnsCode.NoError, [alias, .. Answer(external, type).Records])
                : new DnsAnswer(DnsCode.NoError, [alias]);
        }
        if (service.ClusterIps.Count > 0)
            return type == DnsType.Srv
                ? new DnsAnswer(DnsCode.NoError, [.. service.Ports.Select(p => new DnsRecord(name, DnsType.Srv, name) { Port = p.Port })])
                : Records(type, DnsType.A, [.. service.ClusterIps.Select(ip => new DnsRecord(name, DnsType.A, ip))]);
        if (service.Endpoints.Count == 0) return DnsAnswer.NoSuchName;
        return type == DnsType.Srv
            ? new DnsAnswer(DnsCode.NoError, [.. from e in service.Endpoints from p in e.Ports select new DnsRecord(name, DnsType.Srv, $"{e.Label}.{name}") { Port = p.Port }])
            : Records(type, DnsType.A, [.. service.Endpoints.Select(e => e.Ip).Distinct().Select(ip => new DnsRecord(name, DnsType.A, ip))]);
    }

    private static DnsAnswer OfEndpoint(string name, ServiceNames service, string label, DnsType type)
    {
        var found = service.Endpoints.Where(e => e.Label.Equals(label, StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count == 0 ? DnsAnswer.NoSuchName : Records(type, DnsType.A, [.. found.Select(e => e.Ip).Distinct().Select(ip => new DnsRecord(name, DnsType.A, ip))]);
    }

    private DnsAnswer OfPort(string name, ServiceNames service, string port, string protocol, DnsType type)
    {
        var target = NameOf(service.Service);
        List<DnsRecord> found =
        [
            .. service.Ports.Where(p => p.Name == port && p.Protocol == protocol).Select(p => new DnsRecord(name, DnsType.Srv, target) { Port = p.Port }),
            .. from e in service.Endpoints from p in e.Ports where p.Name == port && p.Protocol == protocol
               select new DnsRecord(name, DnsType.Srv, $"{e.Label}.{target}") { Port = p.Port },
        ];
        return found.Count == 0 ? DnsAnswer.NoSuchName : Records(type, DnsType.Srv, found);
    }

    private DnsAnswer Reverse(string name, DnsType type)
    {
        var address = string.Join('.', name[..^".in-addr.arpa".Length].Split('.').Reverse());
        return _byAddress.TryGetValue(address, out var target) ? Records(type, DnsType.Ptr, [new DnsRecord(name, DnsType.Ptr, target)]) : DnsAnswer.NoSuchName;
    }

    private string NameOf(ObjectKey service) => string.Create(CultureInfo.InvariantCulture, $"{service.Name}.{service.Namespace}.svc.{_domain}");

    private static DnsAnswer Records(DnsType wanted, DnsType found, IReadOnlyList<DnsRecord> records) =>
        wanted == found ? new DnsAnswer(DnsCode.NoError, records) : DnsAnswer.NoData;
}
