using System.Net;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Strategy;

namespace AkkaKube.ApiServer.Services;

/// <summary>
/// Gives Services their addresses, node ports and address families. What is taken follows from the Services there are: the one worker that
/// writes Services tells it of every write, and a write that fails gives back what was taken for it.
/// </summary>
internal sealed class ServiceAllocator(AddressPool addresses, PortPool ports, Random random)
{
    private readonly Dictionary<string, Held> _held = new(StringComparer.Ordinal);
    private string? _exhausted;

    private sealed record Held(HashSet<string> Addresses, HashSet<int> Ports);

    /// <summary>What came of it: the Service with all it gets, or why it cannot.</summary>
    /// <param name="Service">The Service with all it gets.</param>
    /// <param name="Errors">What is wrong with what it asks for.</param>
    /// <param name="Exhausted">There is nothing left to give; null: there is.</param>
    public sealed record Outcome(Service Service, IReadOnlyList<FieldError> Errors, string? Exhausted);

    /// <summary>What is stored is what is taken: the addresses and ports of this Service, none of those it had and has no more.</summary>
    public void Stored(string path, Service? service)
    {
        var now = new Held(AddressesOf(service), PortsOf(service));
        if (_held.Remove(path, out var before))
        {
            foreach (var address in before.Addresses.Except(now.Addresses)) addresses.Release(IPAddress.Parse(address), path);
            foreach (var port in before.Ports.Except(now.Ports)) ports.Release(port, path);
        }
        foreach (var address in now.Addresses) addresses.Take(IPAddress.Parse(address), path);
        foreach (var port in now.Ports) ports.Take(port, path);
        if (service is not null) _held[path] = now;
    }

    /// <summary>Takes what <paramref name="after"/> needs beyond what <paramref name="before"/> has. Where there are errors, nothing stays taken.</summary>
    public Outcome Allocate(string path, Service? before, Service after)
    {
        var errors = new List<FieldError>();
        _exhausted = null;
        var service = WithAddress(path, after, errors);
        if (errors.Count == 0) service = WithNodePorts(path, before, service, errors);
        // What is taken is noted as held, so that a later Stored, with whatever was stored in the end, gives back the rest.
        var held = _held.TryGetValue(path, out var known) ? known : new Held([], []);
        _held[path] = new Held([.. held.Addresses, .. AddressesOf(service)], [.. held.Ports, .. PortsOf(service)]);
        if (errors.Count > 0 || _exhausted is not null) Stored(path, before);
        return new Outcome(service, errors, _exhausted);
    }

    private Service WithAddress(string path, Service service, List<FieldError> errors)
    {
        if (!ServiceAddresses.NeedsClusterIP(service)) return service;
        if (service.Spec.ClusterIPs is [{ Length: > 0 } chosen, ..])
        {
            var at = Path("clusterIPs");
            if (!IPAddress.TryParse(chosen, out var address) || !addresses.Contains(address)) errors.Add(FieldError.InvalidShown(at, Shown(service.Spec.ClusterIPs), $"failed to allocate IP {chosen}: the provided network does not match the current range"));
            else if (!addresses.Take(address, path)) errors.Add(FieldError.InvalidShown(at, Shown(service.Spec.ClusterIPs), $"failed to allocate IP {chosen}: provided IP is already allocated"));
            return service;
        }
        if (addresses.TakeAny(path, random) is not { } picked)
        {
            _exhausted = "failed to allocate a serviceIP: range is full";
            return service;
        }
        return service with { Spec = service.Spec with { ClusterIP = picked.ToString(), ClusterIPs = [picked.ToString()] } };
    }

    private Service WithNodePorts(string path, Service? before, Service service, List<FieldError> errors)
    {
        if (!ServiceAddresses.NeedsNodePorts(service)) return WithHealthCheckPort(path, PortsOf(before), service, errors);
        var kept = PortsOf(before);
        // Ports of one number, for several protocols, share a node port; which one, the first that says one decides.
        var byPort = new Dictionary<int, int>();
        var assigned = new List<ServicePort>();
        for (var i = 0; i < service.Spec.Ports.Count; i++)
        {
            var port = service.Spec.Ports[i];
            var number = port.NodePort;
            if (!byPort.TryGetValue(port.Port, out var shared))
            {
                number = service.Spec.Ports.FirstOrDefault(other => other.Port == port.Port && other.NodePort != 0)?.NodePort ?? 0;
                if (number != 0) Take(path, number, kept, Path("ports").Index(i).Child("nodePort"), errors);
                else if (ports.TakeAny(path, random) is { } picked) number = picked;
                else _exhausted = "failed to allocate a nodePort: range is full";
                byPort[port.Port] = number;
            }
            else if (number == 0)
            {
                number = shared;
            }
            else if (number != shared)
            {
                Take(path, number, kept, Path("ports").Index(i).Child("nodePort"), errors);
            }
            assigned.Add(port with { NodePort = number });
        }
        service = service with { Spec = service.Spec with { Ports = [.. assigned] } };
        return errors.Count == 0 ? WithHealthCheckPort(path, kept, service, errors) : service;
    }

    private Service WithHealthCheckPort(string path, HashSet<int> kept, Service service, List<FieldError> errors)
    {
        if (!ServiceAddresses.NeedsHealthCheckNodePort(service)) return service;
        if (service.Spec.HealthCheckNodePort is not 0 and var chosen)
        {
            Take(path, chosen, kept, Path("healthCheckNodePort"), errors);
            return service;
        }
        return ports.TakeAny(path, random) is { } picked ? service with { Spec = service.Spec with { HealthCheckNodePort = picked } } : service;
    }

    private void Take(string path, int port, HashSet<int> kept, FieldPath at, List<FieldError> errors)
    {
        if (kept.Contains(port)) return;
        if (!ports.Contains(port)) errors.Add(FieldError.Invalid(at, port, $"provided port is not in the valid range. The range of valid ports is {ports.Range}"));
        else if (!ports.Take(port, path)) errors.Add(FieldError.Invalid(at, port, "provided port is already allocated"));
    }

    private HashSet<string> AddressesOf(Service? service) =>
        service is null || service.Spec.Type == ServiceType.ExternalName ? [] : [.. service.Spec.ClusterIPs.Where(address => IPAddress.TryParse(address, out var parsed) && addresses.Contains(parsed))];

    private HashSet<int> PortsOf(Service? service)
    {
        if (service is null) return [];
        HashSet<int> found = [.. service.Spec.Ports.Select(port => port.NodePort).Where(ports.Contains)];
        if (ports.Contains(service.Spec.HealthCheckNodePort)) found.Add(service.Spec.HealthCheckNodePort);
        return found;
    }

    private static FieldPath Path(string field) => new FieldPath("spec").Child(field);

    public static string Shown(ValueList<string> texts) => "[" + string.Join(",", texts.Select(text => $"\"{text}\"")) + "]";
}
