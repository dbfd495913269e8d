using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace AkkaKube.ApiServer.Certificates;

/// <summary>
/// The certificates of a cluster, in the folder <c>pki</c> of its data directory: made once, read on every later start.
/// </summary>
public sealed record ClusterCertificates(X509Certificate2 Authority, X509Certificate2 Server, X509Certificate2 Admin)
{
    /// <summary>The user of the admin certificate, who may do everything.</summary>
    public const string AdminUser = "kubernetes-admin";

    /// <summary>The address of the Service under which pods reach the API server.</summary>
    internal static readonly IPAddress ServiceAddress = IPAddress.Parse("10.96.0.1");

    /// <summary>The names under which clients and pods reach it.</summary>
    internal static readonly string[] ServerNames = ["localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"];

    /// <summary>The certificate of the cluster CA, PEM.</summary>
    public string AuthorityPem => Authority.ExportCertificatePem() + "\n";

    /// <summary>The certificate of the admin, PEM.</summary>
    public string AdminPem => Admin.ExportCertificatePem() + "\n";

    /// <summary>The private key of the admin, PEM.</summary>
    public string AdminKeyPem => Admin.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>Reads the certificates below <paramref name="dataDirectory"/>, and makes those that are not there.</summary>
    /// <exception cref="IOException">The directory cannot be written; certificates made so far stay and are used the next time.</exception>
    public static ClusterCertificates LoadOrCreate(string dataDirectory, DateTimeOffset now)
    {
        var folder = Path.Combine(dataDirectory, "pki");
        Directory.CreateDirectory(folder);
        CertificateAuthority? authority = null;
        var ca = Load(folder, "ca", () => (authority = CertificateAuthority.Create(now)).Certificate);
        authority ??= CertificateAuthority.Load(ca);
        var server = Load(folder, "apiserver", () => authority.IssueServer(
            "kube-apiserver",
            ServerNames,
            [IPAddress.Loopback, IPAddress.IPv6Loopback, ServiceAddress]));
        var admin = Load(folder, "admin", () => authority.IssueClient(AdminUser, ["system:masters"]));
        return new ClusterCertificates(ca, server, admin);
    }

    private static X509Certificate2 Load(string folder, string name, Func<X509Certificate2> make)
    {
        var certificatePath = Path.Combine(folder, $"{name}.crt");
        var keyPath = Path.Combine(folder, $"{name}.key");
        if (!File.Exists(certificatePath) || !File.Exists(keyPath))
        {
            var made = make();
            // The certificate comes last: where it exists, its key does.
            PrivateFile.Write(keyPath, made.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n");
            PrivateFile.Write(certificatePath, made.ExportCertificatePem() + "\n");
        }
        return X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
    }
}
