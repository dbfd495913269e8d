using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace AkkaKube.EndToEnd.Tests.Harness;

/// <summary>HTTPS with the admin's client certificate, for what kubectl does not do.</summary>
public static class AdminClient
{
    public static HttpClient Of(RunningCluster cluster)
    {
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 256 };
        handler.SslOptions.ClientCertificates = [Certificate(cluster)];
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
        return new HttpClient(handler) { BaseAddress = cluster.Api };
    }

    public static X509Certificate2 Certificate(RunningCluster cluster)
    {
        var config = File.ReadAllText(cluster.KubeConfig);
        string Pem(string field) => Encoding.UTF8.GetString(Convert.FromBase64String(Field(field).Match(config).Groups[1].Value));
        using var pem = X509Certificate2.CreateFromPem(Pem("client-certificate-data"), Pem("client-key-data"));
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private static Regex Field(string name) => new(name + @":\s*(\S+)");
}
