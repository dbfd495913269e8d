using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;
using AkkaKube.Client.Requests;

namespace AkkaKube.Controllers.ServiceAccounts;

/// <summary>A ConfigMap with certificates that every namespace has.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">The key of the certificates in it.</param>
/// <param name="Certificates">PEM.</param>
/// <param name="Annotation">An annotation that it carries.</param>
/// <param name="AnnotationText">The annotation's value.</param>
internal sealed record CertificateBundle(string Name, string Key, string Certificates, string Annotation, string AnnotationText)
{
    /// <summary>Keeps <paramref name="bundle"/> in all namespaces; null publishes nothing.</summary>
    public static IReconciler Publish(IControllerSetup setup, CertificateBundle? bundle)
    {
        var namespaces = setup.Follow<Namespace>(GroupVersionResource.Namespaces, change => change.New is null ? [] : [change.Object.Metadata.Key()]);
        var maps = setup.Follow<ConfigMap>(
            user => new Watch(GroupVersionResource.ConfigMaps) { FieldSelector = $"metadata.name={bundle?.Name}", User = user }, change => [new ObjectKey(null, change.Object.Metadata.Namespace ?? "")]);
        return new CertificateBundleReconciler(namespaces, maps, bundle);
    }
}

/// <summary>Keeps the bundle in a namespace as it should be.</summary>
internal sealed class CertificateBundleReconciler(Lister<Namespace> namespaces, Lister<ConfigMap> maps, CertificateBundle? bundle) : IReconciler
{
    public IEnumerable<Write> Reconcile(ObjectKey key, DateTimeOffset now)
    {
        if (bundle is null || namespaces.Find(key) is not { Metadata.DeletionTimestamp: null }) return [];
        var data = ValueMap.Of((bundle.Key, bundle.Certificates));
        if (maps.Find(key.Name, bundle.Name) is not { } map)
        {
            var metadata = new ObjectMeta { Name = bundle.Name, Namespace = key.Name, Annotations = ValueMap.Of((bundle.Annotation, bundle.AnnotationText)) };
            return [Write.Create(GroupVersionResource.ConfigMaps, new ConfigMap { Metadata = metadata, Data = data }) with { Otherwise = NamespaceMembers.Refused }];
        }

        if (map.Data == data && map.Metadata.Annotations.ContainsKey(bundle.Annotation)) return [];
        return [Write.Update(GroupVersionResource.ConfigMaps, map with { Data = data, Metadata = map.Metadata with { Annotations = map.Metadata.Annotations.SetItem(bundle.Annotation, bundle.AnnotationText) } })];
    }
}
