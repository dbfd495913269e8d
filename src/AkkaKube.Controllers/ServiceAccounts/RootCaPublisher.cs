using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;
using AkkaKube.Client.Requests;

namespace AkkaKube.Controllers.ServiceAccounts;

/// <summary>Gives every namespace the ConfigMap <c>kube-root-ca.crt</c>, by which pods know the API server.</summary>
internal static class RootCaPublisher
{
    public const string Name = "kube-root-ca.crt";

    public static readonly ControllerSpec Spec = new("root-ca-cert-publisher", setup =>
    {
        var namespaces = setup.Follow<Namespace>(GroupVersionResource.Namespaces, change => change.New is null ? [] : [change.Object.Metadata.Key()]);
        var maps = setup.Follow<ConfigMap>(
            user => new Watch(GroupVersionResource.ConfigMaps) { FieldSelector = $"metadata.name={Name}", User = user }, change => [new ObjectKey(null, change.Object.Metadata.Namespace ?? "")]);
        return new RootCaReconciler(namespaces, maps, setup.Config.GetString("akkakube.controllers.root-ca", ""));
    });
}

/// <summary>Keeps the CA's certificate in a namespace as it should be; without a certificate there is nothing to publish.</summary>
internal sealed class RootCaReconciler(Lister<Namespace> namespaces, Lister<ConfigMap> maps, string certificate) : IReconciler
{
    private const string Description = "kubernetes.io/description";
    private const string DescriptionText = "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";

    public IEnumerable<Write> Reconcile(ObjectKey key, DateTimeOffset now)
    {
        if (certificate.Length == 0 || namespaces.Find(key) is not { Metadata.DeletionTimestamp: null }) return [];
        var data = ValueMap<string>.Empty.SetItem("ca.crt", certificate);
        if (maps.Find(key.Name, RootCaPublisher.Name) is not { } map)
        {
            var metadata = new ObjectMeta { Name = RootCaPublisher.Name, Namespace = key.Name, Annotations = ValueMap<string>.Empty.SetItem(Description, DescriptionText) };
            return [Write.Create(GroupVersionResource.ConfigMaps, new ConfigMap { Metadata = metadata, Data = data }) with { Otherwise = NamespaceMembers.Refused }];
        }

        if (map.Data == data && map.Metadata.Annotations.ContainsKey(Description)) return [];
        return [Write.Update(GroupVersionResource.ConfigMaps, map with { Data = data, Metadata = map.Metadata with { Annotations = map.Metadata.Annotations.SetItem(Description, DescriptionText) } })];
    }
}
