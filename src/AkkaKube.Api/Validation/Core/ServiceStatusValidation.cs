using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>The status of a service: the addresses that its load balancer has.</summary>
internal static class ServiceStatusValidation
{
    public static void CheckUpdate(FieldErrors errors, Service service, Service old)
    {
        ObjectMetaValidation.CheckCoreUpdate(errors, service.Metadata, old.Metadata);
        var path = new FieldPath("status").Child("loadBalancer", "ingress");
        var ingresses = service.Status.LoadBalancer.Ingress;
        if (service.Spec.Type != "LoadBalancer" && ingresses.Count > 0)
        {
            errors.Forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'");
            return;
        }
        for (var i = 0; i < ingresses.Count; i++) Check(errors, path.Index(i), ingresses[i]);
    }

    private static void Check(FieldErrors errors, FieldPath path, LoadBalancerIngress ingress)
    {
        if (!string.IsNullOrEmpty(ingress.Ip)) Addresses.Check(errors, path.Child("ip"), ingress.Ip);
        if (ingress.IpMode is not { } mode)
        {
            if (!string.IsNullOrEmpty(ingress.Ip)) errors.Required(path.Child("ipMode"), "must be specified when `ip` is set");
        }
        else if (string.IsNullOrEmpty(ingress.Ip)) errors.Forbidden(path.Child("ipMode"), "may not be specified when `ip` is not set");
        else if (mode is not ("Proxy" or "VIP")) errors.NotSupported(path.Child("ipMode"), mode, "Proxy", "VIP");
        if (string.IsNullOrEmpty(ingress.Hostname)) return;
        errors.Invalid(path.Child("hostname"), ingress.Hostname, Names.Subdomain(ingress.Hostname));
        if (Addresses.Parse(ingress.Hostname) is not null) errors.Invalid(path.Child("hostname"), ingress.Hostname, "must be a DNS name, not an IP address");
    }
}
