using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>Endpoints: the addresses and ports behind a service, in their old form.</summary>
internal static class EndpointsValidation
{
    private static readonly FieldPath Subsets = new("subsets");

    public static void CheckCreate(FieldErrors errors, Endpoints endpoints) => Check(errors, endpoints, null);

    public static void CheckUpdate(FieldErrors errors, Endpoints endpoints, Endpoints old)
    {
        ObjectMetaValidation.CheckCoreUpdate(errors, endpoints.Metadata, old.Metadata);
        Check(errors, endpoints, old);
    }

    private static void Check(FieldErrors errors, Endpoints endpoints, Endpoints? old)
    {
        ObjectMetaValidation.CheckCore(errors, endpoints.Metadata, namespaced: true, Names.SubdomainName);
        // An unchanged list stays as it is, even if it was made under milder rules.
        if (old is not null && old.Subsets == endpoints.Subsets) return;
        for (var i = 0; i < endpoints.Subsets.Count; i++)
        {
            var subset = endpoints.Subsets[i];
            var path = Subsets.Index(i);
            if (subset.Addresses.Count == 0 && subset.NotReadyAddresses.Count == 0) errors.Required(path, "must specify `addresses` or `notReadyAddresses`");
            for (var a = 0; a < subset.Addresses.Count; a++) CheckAddress(errors, path.Child("addresses").Index(a), subset.Addresses[a]);
            for (var a = 0; a < subset.NotReadyAddresses.Count; a++) CheckAddress(errors, path.Child("notReadyAddresses").Index(a), subset.NotReadyAddresses[a]);
            for (var p = 0; p < subset.Ports.Count; p++) CheckPort(errors, path.Child("ports").Index(p), subset.Ports[p], subset.Ports.Count > 1);
        }
    }

    private static void CheckAddress(FieldErrors errors, FieldPath path, EndpointAddress address)
    {
        Addresses.Check(errors, path.Child("ip"), address.Ip);
        if (!string.IsNullOrEmpty(address.Hostname)) errors.Invalid(path.Child("hostname"), address.Hostname, Names.Label(address.Hostname));
        if (address.NodeName is { } node) errors.Invalid(path.Child("nodeName"), node, Names.Subdomain(node));
        Addresses.CheckReachable(errors, path.Child("ip"), address.Ip);
    }

    private static void CheckPort(FieldErrors errors, FieldPath path, EndpointPort port, bool named)
    {
        if (!string.IsNullOrEmpty(port.Name)) errors.Invalid(path.Child("name"), port.Name, Names.Label(port.Name));
        else if (named) errors.Required(path.Child("name"));
        if (!Rules.IsPort(port.Port)) errors.Invalid(path.Child("port"), port.Port, Rules.BetweenPorts);
        ContainerValidation.CheckProtocol(errors, path, port.Protocol);
        if (port.AppProtocol is { } protocol) errors.Invalid(path.Child("appProtocol"), protocol, Labels.Key(protocol));
    }
}
