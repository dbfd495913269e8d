using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace AkkaKube.EndToEnd.Tests.Harness;

/// <summary>HTTPS with the admin's client certificate, for what kubectl does not do.</summary>
public static class AdminClient
{
    public static HttpClient Of(RunningCluster cluster) => Of(cluster.KubeConfig, cluster.Api);

    public static HttpClient Of(string kubeConfig, Uri api)
    {
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 256 };
        handler.SslOptions.ClientCertificates = [Certificate(kubeConfig)];
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
        return new HttpClient(handler) { BaseAddress = api };
    }

    public static X509Certificate2 Certificate(RunningCluster cluster) => Certificate(cluster.KubeConfig);

    private static X509Certificate2 Certificate(string kubeConfig)
    {
        var config = File.ReadAllText(kubeConfig);
        string Pem(string field) => Encoding.UTF8.GetString(Convert.FromBase64String(Field(field).Match(config).Groups[1].Value));
        using var pem = X509Certificate2.CreateFromPem(Pem("client-certificate-data"), Pem("client-key-data"));
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private static Regex Field(string name) => new(name + @":\s*(\S+)");
}
