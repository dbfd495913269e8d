using AkkaKube.Api.Core.V1;

namespace AkkaKube.Api.Validation.Core;

/// <summary>Service accounts: only their metadata has rules.</summary>
internal static class ServiceAccountValidation
{
    public static void Check(FieldErrors errors, ServiceAccount account) =>
        ObjectMetaValidation.CheckCore(errors, account.Metadata, namespaced: true, Names.SubdomainName);

    public static void CheckUpdate(FieldErrors errors, ServiceAccount account, ServiceAccount old)
    {
        ObjectMetaValidation.CheckCoreUpdate(errors, account.Metadata, old.Metadata);
        Check(errors, account);
    }
}
