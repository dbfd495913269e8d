using AkkaKube.Client.Reconciler;

namespace AkkaKube.Controllers.ServiceAccounts;

/// <summary>
/// Gives every namespace the ConfigMap <c>openshift-service-ca.crt</c>, which the projected volume of every service account names beside
/// the root CA in the cluster that our answers are compared with. It is empty until something signs serving certificates for services.
/// </summary>
internal static class ServiceCaPublisher
{
    public static readonly ControllerSpec Spec = new("service-ca-cert-publisher", setup => CertificateBundle.Publish(setup, Bundle));

    internal static CertificateBundle Bundle { get; } = new("openshift-service-ca.crt", "service-ca.crt", "", "service.beta.openshift.io/inject-cabundle", "true");
}
