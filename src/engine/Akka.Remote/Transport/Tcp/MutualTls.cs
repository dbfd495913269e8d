using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.Transport.DotNetty;

namespace Akka.Remote.Transport.Tcp;

/// <summary>TLS in which both sides show a certificate of the one authority that both know.</summary>
internal sealed class MutualTls
{
    private readonly X509Certificate2Collection _authorities = [];
    private readonly SslStreamCertificateContext _certificate;
    private readonly bool _anybody;

    private MutualTls(X509Certificate2 certificate, X509Certificate2Collection others, X509Certificate2Collection authorities, bool anybody)
    {
        _authorities = authorities;
        _anybody = anybody;
        _certificate = SslStreamCertificateContext.Create(certificate, others, offline: true);
    }

    /// <summary>Null when <c>enable-ssl</c> is off.</summary>
    public static MutualTls? From(ActorSystemImpl system, Config transport)
    {
        if (!transport.GetBoolean("enable-ssl")) return null;
        var ssl = transport.GetConfig("ssl");
        var anybody = ssl.GetBoolean("suppress-validation");
        var setup = system.Setup.Get<DotNettySslSetup>();
        X509Certificate2Collection others = [];
        X509Certificate2 certificate;
        if (setup is { HasValue: true, Value: var given })
        {
            certificate = given.Certificate;
            anybody |= given.SuppressValidation;
        }
        else if (ssl.GetString("certificate.path") is { Length: > 0 } path)
        {
            certificate = X509Certificate2.CreateFromPemFile(path, ssl.GetString("certificate.key-path") is { Length: > 0 } key ? key : null);
            others.ImportFromPemFile(path);
        }
        else
        {
            throw new ConfigurationException("TLS is on, but there is no certificate: name files in ssl.certificate.path and key-path, or give a DotNettySslSetup");
        }

        X509Certificate2Collection authorities = [];
        if (ssl.GetString("certificate.ca") is { Length: > 0 } text) authorities.ImportFromPem(text);
        else if (ssl.GetString("certificate.ca-path") is { Length: > 0 } file) authorities.ImportFromPemFile(file);
        if (authorities.Count == 0 && !anybody) throw new ConfigurationException("TLS is on, but there is no authority to check the other side by: set ssl.certificate.ca or ca-path");
        return new MutualTls(certificate, others, authorities, anybody);
    }

    public async Task<Stream> AsServer(Stream stream, CancellationToken stop)
    {
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = _certificate,
            ClientCertificateRequired = true,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
            RemoteCertificateValidationCallback = IsOfTheAuthority,
        }, stop).ConfigureAwait(false);
        return tls;
    }

    public async Task<Stream> AsClient(Stream stream, string host, CancellationToken stop)
    {
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = host,
            ClientCertificateContext = _certificate,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
            RemoteCertificateValidationCallback = IsOfTheAuthority,
        }, stop).ConfigureAwait(false);
        return tls;
    }

    // The authority signs for the hosts of one cluster; which of them it is, the handshake says. So the name in the certificate does not matter.
    private bool IsOfTheAuthority(object sender, X509Certificate? shown, X509Chain? others, SslPolicyErrors errors)
    {
        if (_anybody) return true;
        if (shown is null) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (others is not null) chain.ChainPolicy.ExtraStore.AddRange(others.ChainPolicy.ExtraStore);
        using var own = new X509Certificate2(shown);
        return chain.Build(own);
    }
}
