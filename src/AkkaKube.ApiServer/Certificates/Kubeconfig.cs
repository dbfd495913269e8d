using System.Text;

namespace AkkaKube.ApiServer.Certificates;

/// <summary>The file by which kubectl finds the cluster and proves to be its admin.</summary>
public static class Kubeconfig
{
    /// <summary>Writes it (mode 0600).</summary>
    /// <param name="path">Where to.</param>
    /// <param name="server">E.g. <c>https://127.0.0.1:6443</c>.</param>
    /// <param name="cluster">The name of the cluster and the context.</param>
    /// <param name="certificates">The cluster CA and the admin's certificate.</param>
    public static void Write(string path, string server, string cluster, ClusterCertificates certificates) => PrivateFile.Write(path, $"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: {cluster}
          cluster:
            server: {server}
            certificate-authority-data: {Base64(certificates.AuthorityPem)}
        users:
        - name: {ClusterCertificates.AdminUser}
          user:
            client-certificate-data: {Base64(certificates.AdminPem)}
            client-key-data: {Base64(certificates.AdminKeyPem)}
        contexts:
        - name: {cluster}
          context:
            cluster: {cluster}
            user: {ClusterCertificates.AdminUser}
        current-context: {cluster}

        """);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
