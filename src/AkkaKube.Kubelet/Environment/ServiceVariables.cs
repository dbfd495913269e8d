using System.Globalization;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Environment;

/// <summary>The variables that name the Services of a pod's namespace, as Docker links once did: WEB_SERVICE_HOST, WEB_PORT_80_TCP_ADDR, ...</summary>
internal static class ServiceVariables
{
    public static IEnumerable<KeyValuePair<string, string>> Of(IEnumerable<Service> services)
    {
        foreach (var service in services.OrderBy(s => s.Metadata.Name, StringComparer.Ordinal))
        {
            if (service.Spec.ClusterIP is null or "" or "None" || service.Spec.Type == "ExternalName" || service.Spec.Ports.Count == 0) continue;
            var ip = service.Spec.ClusterIP;
            var name = Variable(service.Metadata.Name ?? "");
            yield return new($"{name}_SERVICE_HOST", ip);
            yield return new($"{name}_SERVICE_PORT", Text(service.Spec.Ports[0].Port));
            foreach (var port in service.Spec.Ports.Where(p => !string.IsNullOrEmpty(p.Name)))
                yield return new($"{name}_SERVICE_PORT_{Variable(port.Name!)}", Text(port.Port));
            for (var i = 0; i < service.Spec.Ports.Count; i++)
            {
                var port = service.Spec.Ports[i];
                var protocol = (port.Protocol ?? "TCP").ToUpperInvariant();
                var url = $"{protocol.ToLowerInvariant()}://{ip}:{Text(port.Port)}";
                var prefix = $"{name}_PORT_{Text(port.Port)}_{protocol}";
                if (i == 0) yield return new($"{name}_PORT", url);
                yield return new(prefix, url);
                yield return new($"{prefix}_PROTO", protocol.ToLowerInvariant());
                yield return new($"{prefix}_PORT", Text(port.Port));
                yield return new($"{prefix}_ADDR", ip);
            }
        }
    }

    private static string Variable(string name) => name.ToUpperInvariant().Replace('-', '_');

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
