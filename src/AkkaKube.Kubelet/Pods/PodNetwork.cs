using AkkaKube.Api.Core.V1;
using AkkaKube.Runtime;

namespace AkkaKube.Kubelet.Pods;

/// <summary>A pod's names and how it resolves those of others.</summary>
internal static class PodNetwork
{
    private const int MaxHostname = 63;

    public static PodSandboxConfig Sandbox(Pod pod, string ip, int attempt, string domain, string dnsIp)
    {
        var hostname = pod.Spec.HostnameOverride ?? (pod.Spec.HostNetwork ? pod.Spec.NodeName ?? "" : string.IsNullOrEmpty(pod.Spec.Hostname) ? Short(pod.Metadata.Name ?? "") : pod.Spec.Hostname);
        var fqdn = string.IsNullOrEmpty(pod.Spec.Subdomain) ? null : $"{hostname}.{pod.Spec.Subdomain}.{pod.Metadata.Namespace}.svc.{domain}";
        return new PodSandboxConfig(pod.Metadata.Namespace ?? "", pod.Metadata.Name ?? "", pod.Metadata.Uid ?? "")
        {
            Attempt = attempt,
            Ip = ip,
            Hostname = pod.Spec.SetHostnameAsFQDN == true && fqdn is not null ? fqdn : hostname,
            HostNetwork = pod.Spec.HostNetwork,
            Dns = Dns(pod, domain, dnsIp),
            ExtraHosts = [.. pod.Spec.HostAliases.Select(a => new HostEntry(a.Ip, a.Hostnames))],
            Fqdn = fqdn,
            ShareProcessNamespace = pod.Spec.ShareProcessNamespace == true,
            Labels = pod.Metadata.Labels,
            Annotations = pod.Metadata.Annotations,
        };
    }

    /// <summary>The contents of resolv.conf by the pod's DNS policy. The emulated machine itself has no name server.</summary>
    public static DnsConfig Dns(Pod pod, string domain, string dnsIp)
    {
        List<string> servers = [], searches = [], options = [];
        var policy = pod.Spec.DnsPolicy ?? "ClusterFirst";
        if (policy == "ClusterFirstWithHostNet" || (policy == "ClusterFirst" && !pod.Spec.HostNetwork))
        {
            servers.Add(dnsIp);
            searches.AddRange([$"{pod.Metadata.Namespace}.svc.{domain}", $"svc.{domain}", domain]);
            options.Add("ndots:5");
        }
        if (pod.Spec.DnsConfig is { } own)
        {
            servers.AddRange(own.Nameservers.Except(servers).ToList());
            searches.AddRange(own.Searches.Except(searches).ToList());
            foreach (var option in own.Options)
            {
                // The pod's own option replaces the one of the same name.
                options.RemoveAll(o => o.Split(':')[0] == option.Name);
                options.Add(string.IsNullOrEmpty(option.Value) ? option.Name ?? "" : $"{option.Name}:{option.Value}");
            }
        }
        return new DnsConfig(servers, searches, options);
    }

    private static string Short(string name) => name.Length <= MaxHostname ? name : name[..MaxHostname].TrimEnd('-', '.');
}
