using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AkkaKube.ApiServer.Certificates;

/// <summary>
/// The certificates of one host of a cluster. The CA and the admin are the cluster's: the first host makes them, all others find them where hosts share
/// files. What names the host is issued anew at each start. The folder <c>pki</c> gets copies, as it has them where one process is the whole cluster.
/// </summary>
/// <param name="Cluster">What the API server needs.</param>
/// <param name="Remoting">By which hosts know each other, with its private key.</param>
public sealed record HostCertificates(ClusterCertificates Cluster, X509Certificate2 Remoting)
{
    /// <summary>Reads or makes a file that all hosts share: the content is the same for all, whoever comes first.</summary>
    public delegate Task<byte[]> SharedFile(string name, Func<byte[]> make);

    /// <summary>Gets the certificates of a host.</summary>
    /// <param name="dataDirectory">Of the host.</param>
    /// <param name="name">The host's name.</param>
    /// <param name="listen">The address under which clients and other hosts reach it.</param>
    /// <param name="shared">What the hosts share.</param>
    /// <param name="now">The present moment.</param>
    public static async Task<HostCertificates> Get(string dataDirectory, string name, IPAddress listen, SharedFile shared, DateTimeOffset now)
    {
        var ca = Read(await shared("pki/ca", () => Pem(CertificateAuthority.Create(now).Certificate)).ConfigureAwait(false));
        var authority = CertificateAuthority.Load(ca);
        var admin = Read(await shared("pki/admin", () => Pem(authority.IssueClient(ClusterCertificates.AdminUser, ["system:masters"]))).ConfigureAwait(false));
        IPAddress[] addresses = [.. new[] { listen, IPAddress.Loopback, IPAddress.IPv6Loopback, ClusterCertificates.ServiceAddress }.Distinct()];
        var server = authority.IssueServer("kube-apiserver", [name, .. ClusterCertificates.ServerNames], addresses);
        var remoting = authority.IssueHost(name, addresses);

        var folder = Path.Combine(dataDirectory, "pki");
        Directory.CreateDirectory(folder);
        foreach (var (file, certificate) in new[] { ("ca", ca), ("admin", admin), ("apiserver", server), ("host", remoting) })
        {
            PrivateFile.Write(Path.Combine(folder, $"{file}.key"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n");
            PrivateFile.Write(Path.Combine(folder, $"{file}.crt"), certificate.ExportCertificatePem() + "\n");
        }

        return new HostCertificates(new ClusterCertificates(ca, server, admin), remoting);
    }

    /// <summary>Certificate and private key, one after the other.</summary>
    private static byte[] Pem(X509Certificate2 certificate) =>
        Encoding.ASCII.GetBytes($"{certificate.ExportCertificatePem()}\n{certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n");

    private static X509Certificate2 Read(byte[] pem)
    {
        var text = Encoding.ASCII.GetString(pem);
        try { return X509Certificate2.CreateFromPem(text, text); }
        catch (CryptographicException fault) { throw new IOException("a certificate that the hosts share cannot be read: " + fault.Message, fault); }
    }
}
