using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>How a pod finds names: its DNS policy, its resolver's settings, its own hosts file.</summary>
internal static class PodDnsValidation
{
    private const int NameServerLimit = 3;
    private const int SearchLimit = 32;
    private const int SearchCharactersLimit = 2048;

    public static void CheckPolicy(FieldErrors errors, FieldPath path, string? policy)
    {
        if (policy is "ClusterFirstWithHostNet" or "ClusterFirst" or "Default" or "None") return;
        if (string.IsNullOrEmpty(policy)) errors.Required(path);
        else errors.NotSupported(path, policy, "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
    }

    public static void CheckConfig(FieldErrors errors, FieldPath path, PodDNSConfig? config, string? policy)
    {
        if (policy == "None")
        {
            if (config is null)
            {
                errors.Required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
                return;
            }
            if (config.Nameservers.Count == 0)
            {
                errors.Required(path.Child("nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None");
                return;
            }
        }
        if (config is null) return;
        if (config.Nameservers.Count > NameServerLimit)
            errors.InvalidShown(path.Child("nameservers"), GoText.Strings(config.Nameservers), $"must not have more than {NameServerLimit} nameservers");
        for (var i = 0; i < config.Nameservers.Count; i++) Addresses.Check(errors, path.Child("nameservers").Index(i), config.Nameservers[i]);
        CheckSearches(errors, path.Child("searches"), config.Searches);
        for (var i = 0; i < config.Options.Count; i++)
            if (string.IsNullOrEmpty(config.Options[i].Name)) errors.Required(path.Child("options").Index(i), "must not be empty");
    }

    public static void CheckHostAliases(FieldErrors errors, FieldPath path, ValueList<HostAlias> aliases)
    {
        for (var i = 0; i < aliases.Count; i++)
        {
            Addresses.Check(errors, path.Index(i).Child("ip"), aliases[i].Ip);
            for (var j = 0; j < aliases[i].Hostnames.Count; j++)
                if (!Names.IsSubdomain(aliases[i].Hostnames[j])) errors.Invalid(path.Index(i).Child("hostnames").Index(j), aliases[i].Hostnames[j], Names.Subdomain(aliases[i].Hostnames[j]));
        }
    }

    private static void CheckSearches(FieldErrors errors, FieldPath path, ValueList<string> searches)
    {
        if (searches.Count > SearchLimit) errors.InvalidShown(path, GoText.Strings(searches), $"must not have more than {SearchLimit} search paths");
        var characters = Math.Max(0, searches.Count - 1);
        foreach (var search in searches) characters += Names.Bytes(search);
        if (characters > SearchCharactersLimit)
            errors.InvalidShown(path, GoText.Strings(searches), $"must not have more than {SearchCharactersLimit} characters (including spaces) in the search list");
        for (var i = 0; i < searches.Count; i++)
        {
            if (searches[i] == ".") continue;
            var search = searches[i].EndsWith('.') ? searches[i][..^1] : searches[i];
            errors.Invalid(path.Index(i), search, Names.UnderscoreSubdomain(search));
        }
    }
}
