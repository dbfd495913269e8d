using System.Text.RegularExpressions;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>Volumes that a node reaches over a network by a protocol: NFS, iSCSI, Fibre Channel, CSI drivers.</summary>
internal static partial class NetworkVolumes
{
    public static void Check(FieldErrors errors, FieldPath path, NFSVolumeSource source)
    {
        if (source.Server.Length == 0) errors.Required(path.Child("server"));
        if (source.Path.Length == 0) errors.Required(path.Child("path"));
        if (!source.Path.StartsWith('/')) errors.Invalid(path.Child("path"), source.Path, "must be an absolute path");
    }

    public static void Check(FieldErrors errors, FieldPath path, ISCSIVolumeSource source)
    {
        if (source.TargetPortal.Length == 0) errors.Required(path.Child("targetPortal"));
        if (source.Iqn.Length == 0) errors.Required(path.Child("iqn"));
        else if (!HasScheme(source.Iqn)) errors.Invalid(path.Child("iqn"), source.Iqn, "must be valid format starting with iqn, eui, or naa");
        else if (!IsInitiator(source.Iqn)) errors.Invalid(path.Child("iqn"), source.Iqn, "must be valid format");
        if (source.Lun is < 0 or > 255) errors.Invalid(path.Child("lun"), source.Lun, "must be between 0 and 255, inclusive");
        if ((source.ChapAuthDiscovery || source.ChapAuthSession) && source.SecretRef is null) errors.Required(path.Child("secretRef"));
        if (source.InitiatorName is not { } initiator) return;
        if (!HasScheme(initiator)) errors.Invalid(path.Child("initiatorname"), initiator, "must be valid format starting with iqn, eui, or naa");
        else if (!IsInitiator(initiator)) errors.Invalid(path.Child("initiatorname"), initiator, "must be valid format");
    }

    public static void Check(FieldErrors errors, FieldPath path, FCVolumeSource source)
    {
        if (source.TargetWWNs.Count == 0 && source.Wwids.Count == 0) errors.Required(path.Child("targetWWNs"), "must specify either targetWWNs or wwids, but not both");
        if (source.TargetWWNs.Count > 0 && source.Wwids.Count > 0)
            errors.InvalidShown(path.Child("targetWWNs"), GoText.Strings(source.TargetWWNs), "targetWWNs and wwids can not be specified simultaneously");
        if (source.TargetWWNs.Count == 0) return;
        if (source.Lun is not { } lun) errors.Required(path.Child("lun"), "lun is required if targetWWNs is specified");
        else if (lun is < 0 or > 255) errors.Invalid(path.Child("lun"), lun, "must be between 0 and 255, inclusive");
    }

    public static void Check(FieldErrors errors, FieldPath path, CSIVolumeSource source)
    {
        CheckDriver(errors, path.Child("driver"), source.Driver);
        if (source.NodePublishSecretRef is not { } secret) return;
        if (string.IsNullOrEmpty(secret.Name)) errors.Required(path.Child("nodePublishSecretRef", "name"));
        else errors.Invalid(path.Child("name"), secret.Name, Names.Subdomain(secret.Name));
    }

    private static void CheckDriver(FieldErrors errors, FieldPath path, string driver)
    {
        if (driver.Length == 0) errors.Required(path);
        if (driver.Length > 63) errors.TooLong(path, 63);
        errors.Invalid(path, driver, Names.Subdomain(driver.ToLowerInvariant()));
    }

    private static bool HasScheme(string name) => name.Length >= 3 && name.AsSpan(0, 3) is "iqn" or "eui" or "naa";

    private static bool IsInitiator(string name) => name[0] switch
    {
        'i' => Iqn().IsMatch(name),
        'e' => Eui().IsMatch(name),
        _ => Naa().IsMatch(name),
    };

    [GeneratedRegex(@"iqn\.\d{4}-\d{2}\.([0-9A-Za-z\-.]+)(:[^,;*&$|\s]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Iqn();

    [GeneratedRegex(@"^eui.[0-9A-Za-z]{16}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Eui();

    [GeneratedRegex(@"^naa.[0-9A-Za-z]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Naa();
}
