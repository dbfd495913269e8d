using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>A container's security context as messages show it.</summary>
internal static class GoSecurityText
{
    public static string Of(SecurityContext c) =>
        $"{{\"Capabilities\":{Of(c.Capabilities)},\"Privileged\":{Of(c.Privileged)},\"SELinuxOptions\":{Of(c.SeLinuxOptions)},\"WindowsOptions\":{Of(c.WindowsOptions)},"
        + $"\"RunAsUser\":{GoText.Number(c.RunAsUser)},\"RunAsGroup\":{GoText.Number(c.RunAsGroup)},\"RunAsNonRoot\":{Of(c.RunAsNonRoot)},"
        + $"\"ReadOnlyRootFilesystem\":{Of(c.ReadOnlyRootFilesystem)},\"AllowPrivilegeEscalation\":{Of(c.AllowPrivilegeEscalation)},\"ProcMount\":{GoText.Text(c.ProcMount)},"
        + $"\"SeccompProfile\":{(c.SeccompProfile is { } s ? Profile(s.Type, s.LocalhostProfile) : "null")},"
        + $"\"AppArmorProfile\":{(c.AppArmorProfile is { } a ? Profile(a.Type, a.LocalhostProfile) : "null")}}}";

    private static string Of(bool? value) => value is { } known ? ShownValue.Of(known) : "null";

    private static string Of(Capabilities? value) => value is null ? "null" : $"{{\"Add\":{GoText.Strings(value.Add)},\"Drop\":{GoText.Strings(value.Drop)}}}";

    private static string Of(SELinuxOptions? value) =>
        value is null ? "null" : $"{{\"User\":{GoText.Json(value.User)},\"Role\":{GoText.Json(value.Role)},\"Type\":{GoText.Json(value.Type)},\"Level\":{GoText.Json(value.Level)}}}";

    private static string Of(WindowsSecurityContextOptions? value) =>
        value is null
            ? "null"
            : $"{{\"GMSACredentialSpecName\":{GoText.Text(value.GmsaCredentialSpecName)},\"GMSACredentialSpec\":{GoText.Text(value.GmsaCredentialSpec)},"
              + $"\"RunAsUserName\":{GoText.Text(value.RunAsUserName)},\"HostProcess\":{Of(value.HostProcess)}}}";

    private static string Profile(string type, string? localhost) => $"{{\"Type\":{GoText.Json(type)},\"LocalhostProfile\":{GoText.Text(localhost)}}}";
}
