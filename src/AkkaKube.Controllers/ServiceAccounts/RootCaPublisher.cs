using AkkaKube.Client.Reconciler;

namespace AkkaKube.Controllers.ServiceAccounts;

/// <summary>Gives every namespace the ConfigMap <c>kube-root-ca.crt</c>, by which pods know the API server.</summary>
internal static class RootCaPublisher
{
    private const string Description = "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";

    public static readonly ControllerSpec Spec = new("root-ca-cert-publisher", setup => CertificateBundle.Publish(setup, Bundle(setup.Config.GetString("akkakube.controllers.root-ca", ""))));

    /// <summary>Without a certificate there is nothing to publish.</summary>
    internal static CertificateBundle? Bundle(string certificate) =>
        certificate.Length == 0 ? null : new("kube-root-ca.crt", "ca.crt", certificate, "kubernetes.io/description", Description);
}
