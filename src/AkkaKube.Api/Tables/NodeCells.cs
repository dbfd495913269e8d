using AkkaKube.Api.Core.V1;

namespace AkkaKube.Api.Tables;

/// <summary>The cells of nodes.</summary>
internal static class NodeCells
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    public static string Status(Node node)
    {
        var ready = node.Status.Conditions.FirstOrDefault(c => c.Type == "Ready");
        var status = ready is null ? "Unknown" : ready.Status == "True" ? "Ready" : "NotReady";
        return node.Spec.Unschedulable ? status + ",SchedulingDisabled" : status;
    }

    public static string Roles(Node node)
    {
        var roles = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Metadata.Labels)
        {
            if (key.StartsWith(RolePrefix, StringComparison.Ordinal) && key.Length > RolePrefix.Length) roles.Add(key[RolePrefix.Length..]);
            else if (key == "kubernetes.io/role" && value.Length > 0) roles.Add(value);
        }

        return roles.Count == 0 ? "<none>" : string.Join(',', roles);
    }

    public static string Address(Node node, string type) => node.Status.Addresses.FirstOrDefault(a => a.Type == type)?.Address ?? "<none>";
}
