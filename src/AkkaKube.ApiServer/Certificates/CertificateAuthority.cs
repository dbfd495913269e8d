using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AkkaKube.ApiServer.Certificates;

/// <summary>Signs the certificates of a cluster (Kubernetes: the cluster CA).</summary>
public sealed class CertificateAuthority
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3650);
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    // Hosts whose clocks are behind the clock of the one that made the CA must believe in it too.
    private static readonly TimeSpan WrongClocks = TimeSpan.FromDays(365);

    private CertificateAuthority(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>The CA's own certificate, with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>A new CA, valid for ten years from <paramref name="now"/>, and a year before.</summary>
    public static CertificateAuthority Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=akkakube-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return new CertificateAuthority(request.CreateSelfSigned(now - WrongClocks, now + Lifetime));
    }

    /// <summary>The CA whose certificate and key were written earlier.</summary>
    public static CertificateAuthority Load(X509Certificate2 certificate) => new(certificate);

    /// <summary>A certificate for a server that is reached under these names and addresses.</summary>
    public X509Certificate2 IssueServer(string commonName, IEnumerable<string> dnsNames, IEnumerable<System.Net.IPAddress> addresses)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in dnsNames) names.AddDnsName(name);
        foreach (var address in addresses) names.AddIpAddress(address);
        return Issue($"CN={commonName}", [ServerAuthentication], names.Build());
    }

    /// <summary>A certificate for a host of the cluster, by which it proves to others who it is, whichever of the two begins.</summary>
    public X509Certificate2 IssueHost(string name, IEnumerable<System.Net.IPAddress> addresses)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        foreach (var address in addresses) names.AddIpAddress(address);
        return Issue($"CN=akkakube:host:{name}", [ServerAuthentication, ClientAuthentication], names.Build());
    }

    /// <summary>A certificate by which a client proves to be this user: the user is its common name, the groups its organizations.</summary>
    public X509Certificate2 IssueClient(string user, IEnumerable<string> groups)
    {
        var subject = new X500DistinguishedNameBuilder();
        foreach (var group in groups) subject.AddOrganizationName(group);
        subject.AddCommonName(user);
        return Issue(subject.Build().Name, [ClientAuthentication], null);
    }

    private X509Certificate2 Issue(string subject, Oid[] purposes, X509Extension? names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. purposes], false));
        if (names is not null) request.CertificateExtensions.Add(names);
        // As long as the CA's: what a host makes by a wrong clock is good in the eyes of the others.
        using var certificate = request.Create(Certificate, Certificate.NotBefore, Certificate.NotAfter, RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }
}
