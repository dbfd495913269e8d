using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>The cluster addresses of a service, their families, and how they may change.</summary>
internal static class ServiceAddressValidation
{
    private const string OncePerFamily = "may specify no more than one IP for each IP family";
    private const string Fixed = "may not change once set";

    private static readonly FieldPath Spec = new("spec");
    private static readonly FieldPath ClusterIPs = Spec.Child("clusterIPs");
    private static readonly FieldPath IpFamilies = Spec.Child("ipFamilies");
    private static readonly FieldPath IpFamilyPolicy = Spec.Child("ipFamilyPolicy");

    public static void Check(FieldErrors errors, Service service, Service? old)
    {
        var spec = service.Spec;
        if (spec.Type == "ExternalName") return;
        if (!string.IsNullOrEmpty(spec.ClusterIP))
        {
            if (spec.ClusterIPs.Count == 0) errors.Required(ClusterIPs);
            else if (spec.ClusterIPs[0] != spec.ClusterIP) errors.InvalidShown(ClusterIPs, GoText.Strings(spec.ClusterIPs), "first value must match `clusterIP`");
        }
        else if (spec.ClusterIPs.Count > 0) errors.InvalidShown(ClusterIPs, GoText.Strings(spec.ClusterIPs), "must be empty when `clusterIP` is not specified");

        for (var i = 0; i < spec.IpFamilies.Count; i++)
        {
            if (spec.IpFamilies[i] is not ("IPv4" or "IPv6")) errors.NotSupported(IpFamilies.Index(i), spec.IpFamilies[i], "IPv4", "IPv6");
            for (var j = 0; j < i; j++)
                if (spec.IpFamilies[j] == spec.IpFamilies[i])
                {
                    errors.Duplicate(IpFamilies.Index(i), spec.IpFamilies[i]);
                    break;
                }
        }
        if (spec.IpFamilyPolicy is { } policy && policy is not ("SingleStack" or "PreferDualStack" or "RequireDualStack"))
            errors.NotSupported(IpFamilyPolicy, policy, "PreferDualStack", "RequireDualStack", "SingleStack");
        CheckClusterIPs(errors, service, old);
    }

    private static void CheckClusterIPs(FieldErrors errors, Service service, Service? old)
    {
        var addresses = service.Spec.ClusterIPs;
        var wrong = false;
        for (var i = 0; i < addresses.Count; i++)
        {
            if (i == 0 && addresses[i] == "None")
            {
                if (addresses.Count == 1) continue;
                wrong = true;
                errors.InvalidShown(ClusterIPs, GoText.Strings(addresses), "'None' must be the first and only value");
                continue;
            }
            wrong |= !Addresses.Check(errors, ClusterIPs.Index(i), addresses[i], old?.Spec.ClusterIPs);
        }
        if (addresses.Count > 2) errors.InvalidShown(ClusterIPs, GoText.Strings(addresses), "may only hold up to 2 values");
        if (wrong) return;
        if (addresses.Count > 1 && !Addresses.AreDualStack(addresses)) errors.InvalidShown(ClusterIPs, GoText.Strings(addresses), OncePerFamily);
        if (ServiceValidation.IsHeadless(service)) return;
        for (var i = 0; i < addresses.Count && i < service.Spec.IpFamilies.Count; i++)
        {
            var isV6 = Addresses.IsV6(addresses[i]);
            if (service.Spec.IpFamilies[i] == "IPv4" && isV6) errors.Invalid(ClusterIPs.Index(i), addresses[i], $"expected an IPv4 value as indicated by `ipFamilies[{i}]`");
            if (service.Spec.IpFamilies[i] == "IPv6" && !isV6) errors.Invalid(ClusterIPs.Index(i), addresses[i], $"expected an IPv6 value as indicated by `ipFamilies[{i}]`");
        }
    }

    /// <summary>A second address may come or go; the first stays as long as the service has one.</summary>
    public static void CheckUpdate(FieldErrors errors, Service service, Service old)
    {
        if (service.Spec.Type == "ExternalName" || old.Spec.Type == "ExternalName") return;
        var (headless, wasHeadless) = (ServiceValidation.IsHeadless(service), ServiceValidation.IsHeadless(old));
        if (!headless || !wasHeadless) CheckAddressUpdate(errors, service.Spec, old.Spec);
        if (!headless && !wasHeadless) CheckFamilyUpdate(errors, service.Spec, old.Spec);
    }

    private static void CheckAddressUpdate(FieldErrors errors, ServiceSpec spec, ServiceSpec old)
    {
        var (now, before) = (spec.ClusterIPs, old.ClusterIPs);
        var shown = GoText.Strings(now);
        if (now.Count == before.Count)
        {
            for (var i = 0; i < now.Count; i++)
                if (now[i] != before[i]) errors.InvalidShown(ClusterIPs.Index(i), shown, Fixed);
            return;
        }
        if (now.Count == 0) errors.InvalidShown(ClusterIPs.Index(0), shown, "primary clusterIP can not be unset");
        else if (before.Count > 0 && now[0] != before[0]) errors.InvalidShown(ClusterIPs.Index(0), shown, Fixed);
        if (now.Count == 1 && before.Count > 1 && spec.IpFamilyPolicy != "SingleStack")
            errors.InvalidShown(IpFamilyPolicy, GoText.Text(spec.IpFamilyPolicy), "must be set to 'SingleStack' when releasing the secondary clusterIP");
    }

    private static void CheckFamilyUpdate(FieldErrors errors, ServiceSpec spec, ServiceSpec old)
    {
        var (now, before) = (spec.IpFamilies, old.IpFamilies);
        if (now.Count == before.Count)
        {
            for (var i = 0; i < now.Count; i++)
                if (now[i] != before[i]) errors.InvalidShown(IpFamilies.Index(0), GoText.Strings(now), Fixed);
            return;
        }
        if (before.Count > now.Count && spec.ClusterIPs.Count == 0) errors.InvalidShown(IpFamilies.Index(0), GoText.Strings(now), "primary ipFamily can not be unset");
        if (now.Count > 0 && before.Count > 0 && now[0] != before[0]) errors.InvalidShown(IpFamilies.Index(0), GoText.Strings(spec.ClusterIPs), Fixed);
        if (now.Count == 1 && before.Count > 1 && spec.IpFamilyPolicy != "SingleStack")
            errors.InvalidShown(IpFamilyPolicy, GoText.Text(spec.IpFamilyPolicy), "must be set to 'SingleStack' when releasing the secondary ipFamily");
    }
}
