using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Network.Tests;

/// <summary>Services and endpoints in the namespace "default", as short as tests want them.</summary>
internal static class Objects
{
    public static Service Service(string name, string clusterIp, params (string Name, int Port, int NodePort)[] ports) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default" },
        Spec = new ServiceSpec { ClusterIP = clusterIp, Type = "ClusterIP", Ports = [.. ports.Select(p => new ServicePort { Name = p.Name, Port = p.Port, Protocol = "TCP", NodePort = p.NodePort })] },
    };

    public static Service NodePort(string name, int nodePort)
    {
        var service = Service(name, "10.96.0.7", ("", 80, nodePort));
        return service with { Spec = service.Spec with { Type = "NodePort" } };
    }

    public static EndpointSlice Slice(string service, (string Name, int Port)[] ports, params Endpoint[] endpoints) => new()
    {
        Metadata = new ObjectMeta { Name = service + "-x", Namespace = "default", Labels = ValueMap.Of(("kubernetes.io/service-name", service)) },
        AddressType = "IPv4",
        Ports = [.. ports.Select(p => new Api.Discovery.V1.EndpointPort { Name = p.Name, Port = p.Port, Protocol = "TCP" })],
        Endpoints = [.. endpoints],
    };

    public static Endpoint Ready(string ip, string node, string? hostname = null) =>
        new() { Addresses = [ip], NodeName = node, Hostname = hostname, Conditions = new EndpointConditions { Ready = true, Serving = true, Terminating = false } };

    public static Endpoint NotReady(string ip, string node) =>
        new() { Addresses = [ip], NodeName = node, Conditions = new EndpointConditions { Ready = false, Serving = false, Terminating = false } };

    public static Endpoint Ending(string ip, string node) =>
        new() { Addresses = [ip], NodeName = node, Conditions = new EndpointConditions { Ready = false, Serving = true, Terminating = true } };
}
