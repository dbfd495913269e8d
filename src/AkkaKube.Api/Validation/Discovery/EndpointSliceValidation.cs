using AkkaKube.Api.Discovery.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Discovery;

/// <summary>Endpoint slices: addresses of one type, conditions, hints and ports (Kubernetes: ValidateEndpointSlice).</summary>
internal static class EndpointSliceValidation
{
    private const int EndpointLimit = 1000;
    private const int AddressLimit = 100;
    private const int PortLimit = 20000;
    private const int TopologyLimit = 16;
    private const int HintLimit = 8;

    private static readonly FieldPath Endpoints = new("endpoints");
    private static readonly FieldPath Ports = new("ports");

    public static void CheckCreate(FieldErrors errors, EndpointSlice slice) => Check(errors, slice, null);

    public static void CheckUpdate(FieldErrors errors, EndpointSlice slice, EndpointSlice old)
    {
        Check(errors, slice, old);
        if (slice.AddressType != old.AddressType) errors.Invalid(new FieldPath("addressType"), slice.AddressType, Rules.Immutable);
    }

    private static void Check(FieldErrors errors, EndpointSlice slice, EndpointSlice? old)
    {
        ObjectMetaValidation.CheckCore(errors, slice.Metadata, namespaced: true, Names.SubdomainName);
        if (slice.AddressType.Length == 0) errors.Required(new FieldPath("addressType"));
        else if (slice.AddressType is not ("IPv4" or "IPv6" or "FQDN")) errors.NotSupported(new FieldPath("addressType"), slice.AddressType, "FQDN", "IPv4", "IPv6");
        CheckEndpoints(errors, slice, old);
        CheckPorts(errors, slice.Ports);
    }

    private static void CheckEndpoints(FieldErrors errors, EndpointSlice slice, EndpointSlice? old)
    {
        if (slice.Endpoints.Count > EndpointLimit)
        {
            errors.TooMany(Endpoints, slice.Endpoints.Count, EndpointLimit);
            return;
        }
        for (var i = 0; i < slice.Endpoints.Count; i++)
        {
            var endpoint = slice.Endpoints[i];
            var path = Endpoints.Index(i);
            var addresses = path.Child("addresses");
            if (endpoint.Addresses.Count == 0) errors.Required(addresses, "must contain at least 1 address");
            else if (endpoint.Addresses.Count > AddressLimit) errors.TooMany(addresses, endpoint.Addresses.Count, AddressLimit);
            for (var a = 0; a < endpoint.Addresses.Count; a++) CheckAddress(errors, addresses, a, endpoint.Addresses[a], slice.AddressType, old);
            if (endpoint.NodeName is { } node && !Names.IsSubdomain(node)) errors.Invalid(path.Child("nodeName"), node, Names.Subdomain(node));
            if (endpoint.DeprecatedTopology.Count > TopologyLimit) errors.TooMany(path.Child("deprecatedTopology"), endpoint.DeprecatedTopology.Count, TopologyLimit);
            Labels.Check(errors, path.Child("deprecatedTopology"), endpoint.DeprecatedTopology);
            if (endpoint.Hostname is { } host) errors.Invalid(path.Child("hostname"), host, Names.Label(host));
            if (endpoint.Hints is { } hints) CheckHints(errors, path.Child("hints"), hints);
        }
    }

    private static void CheckAddress(FieldErrors errors, FieldPath list, int index, string address, string type, EndpointSlice? old)
    {
        var path = list.Index(index);
        switch (type)
        {
            case "IPv4" or "IPv6":
                if (WasThere(old, address) && Addresses.Parse(address) is not null) break;
                if (!Addresses.Check(errors, path, address)) break;
                if (Addresses.IsV6(address) != (type == "IPv6")) errors.Invalid(list, address, $"must be an {type} address");
                Addresses.CheckReachable(errors, path, address);
                break;
            case "FQDN":
                if (address.Length == 0) errors.Required(path);
                else if (Names.FullyQualifiedDomain(address) is (var shown, { } message)) errors.Invalid(path, shown, message);
                break;
        }
    }

    private static bool WasThere(EndpointSlice? old, string address)
    {
        if (old is null) return false;
        foreach (var endpoint in old.Endpoints)
            if (endpoint.Addresses.Contains(address)) return true;
        return false;
    }

    private static void CheckHints(FieldErrors errors, FieldPath path, EndpointHints hints)
    {
        var zones = path.Child("forZones");
        if (hints.ForZones.Count > HintLimit)
        {
            errors.TooMany(zones, hints.ForZones.Count, HintLimit);
            return;
        }
        var seen = new HashSet<string>();
        for (var i = 0; i < hints.ForZones.Count; i++)
        {
            var name = hints.ForZones[i].Name;
            if (!seen.Add(name)) errors.Duplicate(zones.Index(i).Child("name"), name);
            errors.Invalid(zones.Index(i).Child("name"), name, Labels.Value(name));
        }
        var nodes = path.Child("forNodes");
        if (hints.ForNodes.Count > HintLimit)
        {
            errors.TooMany(nodes, hints.ForNodes.Count, HintLimit);
            return;
        }
        seen.Clear();
        for (var i = 0; i < hints.ForNodes.Count; i++)
        {
            var name = hints.ForNodes[i].Name;
            if (!seen.Add(name)) errors.Duplicate(nodes.Index(i).Child("name"), name);
            errors.Invalid(nodes.Index(i).Child("name"), name, Names.Subdomain(name));
        }
    }

    private static void CheckPorts(FieldErrors errors, ValueList<EndpointPort> ports)
    {
        if (ports.Count > PortLimit)
        {
            errors.TooMany(Ports, ports.Count, PortLimit);
            return;
        }
        var names = new HashSet<string>();
        for (var i = 0; i < ports.Count; i++)
        {
            var port = ports[i];
            var path = Ports.Index(i);
            var name = port.Name ?? "";
            if (name.Length > 0 && !Names.IsLabel(name)) errors.Invalid(path.Child("name"), name, Names.Label(name));
            if (!names.Add(name)) errors.Duplicate(path.Child("name"), name);
            if (port.Protocol is null) errors.Required(path.Child("protocol"));
            else if (port.Protocol is not ("TCP" or "UDP" or "SCTP")) errors.NotSupported(path.Child("protocol"), port.Protocol, "SCTP", "TCP", "UDP");
            if (port.AppProtocol is { } protocol) errors.Invalid(path.Child("appProtocol"), protocol, Labels.Key(protocol));
        }
    }
}
