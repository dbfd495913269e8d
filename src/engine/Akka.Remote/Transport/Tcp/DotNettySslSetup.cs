using System.Security.Cryptography.X509Certificates;

namespace Akka.Remote.Transport.DotNetty;

/// <summary>The certificate of this system, with its key, given as an object. The authority stands in the settings (<c>ssl.certificate.ca</c>).</summary>
public sealed class DotNettySslSetup : Actor.Setup.Setup
{
    /// <summary>Creates the setup; with <paramref name="suppressValidation"/> the certificate of the other side may be any.</summary>
    public DotNettySslSetup(X509Certificate2 certificate, bool suppressValidation)
    {
        Certificate = certificate;
        SuppressValidation = suppressValidation;
    }

    /// <summary>The certificate.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Whether that of the other side may be any.</summary>
    public bool SuppressValidation { get; }
}
