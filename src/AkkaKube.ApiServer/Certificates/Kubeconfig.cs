using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AkkaKube.ApiServer.Certificates;

/// <summary>The file by which kubectl finds the cluster and proves to be its admin.</summary>
public static class Kubeconfig
{
    /// <summary>Writes it (mode 0600) for one server.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="server">E.g. <c>https://127.0.0.1:6443</c>.</param>
    /// <param name="cluster">The name of the cluster and the context.</param>
    /// <param name="certificates">The cluster CA and the admin's certificate.</param>
    public static void Write(string path, string server, string cluster, ClusterCertificates certificates) => Write(path, [(cluster, server)], certificates);

    /// <summary>Writes it (mode 0600) with a context for each of several servers of a cluster; the first one is the current.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="servers">The name of each context, and the address of its server.</param>
    /// <param name="certificates">The cluster CA and the admin's certificate.</param>
    public static void Write(string path, IReadOnlyList<(string Context, string Server)> servers, ClusterCertificates certificates)
    {
        var text = new StringBuilder("apiVersion: v1\nkind: Config\nclusters:\n");
        foreach (var (context, server) in servers)
        {
            text.Append(CultureInfo.InvariantCulture, $"- name: {Quoted(context)}\n  cluster:\n    server: {server}\n    certificate-authority-data: {Base64(certificates.AuthorityPem)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"users:\n- name: {ClusterCertificates.AdminUser}\n  user:\n    client-certificate-data: {Base64(certificates.AdminPem)}\n    client-key-data: {Base64(certificates.AdminKeyPem)}\ncontexts:\n");
        foreach (var (context, _) in servers) text.Append(CultureInfo.InvariantCulture, $"- name: {Quoted(context)}\n  context:\n    cluster: {Quoted(context)}\n    user: {ClusterCertificates.AdminUser}\n");
        text.Append(CultureInfo.InvariantCulture, $"current-context: {Quoted(servers[0].Context)}\n");
        PrivateFile.Write(path, text.ToString());
    }

    /// <summary>As YAML and JSON both read it: a name may look like a number, or have any characters.</summary>
    private static string Quoted(string name) => $"\"{JsonEncodedText.Encode(name)}\"";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
