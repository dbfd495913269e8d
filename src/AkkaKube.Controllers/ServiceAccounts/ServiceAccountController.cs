using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;

namespace AkkaKube.Controllers.ServiceAccounts;

/// <summary>Gives every namespace its ServiceAccount <c>default</c>, the one of pods that name none.</summary>
internal static class ServiceAccountController
{
    public static readonly ControllerSpec Spec = new("service-account-controller", setup =>
    {
        var namespaces = setup.Follow<Namespace>(GroupVersionResource.Namespaces, change => change.New is null ? [] : [change.Object.Metadata.Key()]);
        var accounts = setup.Follow<ServiceAccount>(
            GroupVersionResource.ServiceAccounts, change => change.New is null ? [new ObjectKey(null, change.Object.Metadata.Namespace ?? "")] : []);
        return new ServiceAccountReconciler(namespaces, accounts);
    });
}

/// <summary>Makes the default ServiceAccount of a namespace where it is missing.</summary>
internal sealed class ServiceAccountReconciler(Lister<Namespace> namespaces, Lister<ServiceAccount> accounts) : IReconciler
{
    public IEnumerable<Write> Reconcile(ObjectKey key, DateTimeOffset now)
    {
        if (namespaces.Find(key) is not { Metadata.DeletionTimestamp: null } || accounts.Find(key.Name, "default") is not null) return [];
        return [Write.Create(GroupVersionResource.ServiceAccounts, new ServiceAccount { Metadata = new ObjectMeta { Name = "default", Namespace = key.Name } }) with { Otherwise = NamespaceMembers.Refused }];
    }
}
