using System.Text;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Api.Validation.Core;

/// <summary>Names the fields in which two specs differ, so that the client sees which change was refused.</summary>
internal static class PodSpecDifference
{
    public static string Of(PodSpec old, PodSpec now)
    {
        var text = new StringBuilder("  core.PodSpec{\n");
        Line(text, "Volumes", old.Volumes, now.Volumes);
        Line(text, "InitContainers", old.InitContainers, now.InitContainers);
        Line(text, "Containers", old.Containers, now.Containers);
        Line(text, "EphemeralContainers", old.EphemeralContainers, now.EphemeralContainers);
        Line(text, "RestartPolicy", old.RestartPolicy, now.RestartPolicy);
        Line(text, "TerminationGracePeriodSeconds", old.TerminationGracePeriodSeconds, now.TerminationGracePeriodSeconds);
        Line(text, "DNSPolicy", old.DnsPolicy, now.DnsPolicy);
        Line(text, "NodeSelector", old.NodeSelector, now.NodeSelector);
        Line(text, "ServiceAccountName", old.ServiceAccountName, now.ServiceAccountName);
        Line(text, "AutomountServiceAccountToken", old.AutomountServiceAccountToken, now.AutomountServiceAccountToken);
        Line(text, "NodeName", old.NodeName, now.NodeName);
        Line(text, "HostNetwork", old.HostNetwork, now.HostNetwork);
        Line(text, "HostPID", old.HostPID, now.HostPID);
        Line(text, "HostIPC", old.HostIPC, now.HostIPC);
        Line(text, "SecurityContext", old.SecurityContext, now.SecurityContext);
        Line(text, "ImagePullSecrets", old.ImagePullSecrets, now.ImagePullSecrets);
        Line(text, "Hostname", old.Hostname, now.Hostname);
        Line(text, "Subdomain", old.Subdomain, now.Subdomain);
        Line(text, "Affinity", old.Affinity, now.Affinity);
        Line(text, "SchedulerName", old.SchedulerName, now.SchedulerName);
        Line(text, "HostAliases", old.HostAliases, now.HostAliases);
        Line(text, "PriorityClassName", old.PriorityClassName, now.PriorityClassName);
        Line(text, "Priority", old.Priority, now.Priority);
        Line(text, "DNSConfig", old.DnsConfig, now.DnsConfig);
        Line(text, "ReadinessGates", old.ReadinessGates, now.ReadinessGates);
        Line(text, "RuntimeClassName", old.RuntimeClassName, now.RuntimeClassName);
        Line(text, "EnableServiceLinks", old.EnableServiceLinks, now.EnableServiceLinks);
        Line(text, "TopologySpreadConstraints", old.TopologySpreadConstraints, now.TopologySpreadConstraints);
        return text.Append("  }\n").ToString();
    }

    private static void Line<T>(StringBuilder text, string field, T old, T now)
    {
        if (EqualityComparer<T>.Default.Equals(old, now)) return;
        text.Append("- \t").Append(field).Append(": ").Append(Shown(old)).Append(",\n+ \t").Append(field).Append(": ").Append(Shown(now)).Append(",\n");
    }

    private static string Shown<T>(T value) => value is null ? "nil" : value.ToString() ?? "";
}
