using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Reconciler;
using AkkaKube.Client.Requests;
using AkkaKube.Controllers.Namespaces;
using AkkaKube.Controllers.ServiceAccounts;

namespace AkkaKube.Controllers.Tests.Namespaces;

public sealed class NamespaceTests
{
    private static readonly UserInfo User = new("ns", []);
    private readonly Store<Namespace> _namespaces = new();
    private readonly Dictionary<GroupVersionResource, int> _content = new() { [GroupVersionResource.Pods] = 2, [GroupVersionResource.ConfigMaps] = 3 };
    private readonly List<string> _requests = [];

    [Fact]
    public void A_namespace_that_nobody_deleted_is_left_alone()
    {
        _namespaces.Put(Ns(NamespacePhase.Active) with { Metadata = new ObjectMeta { Name = "a", Uid = "u" } });
        Run();
        _requests.ShouldBeEmpty();
    }

    [Fact]
    public void It_is_terminating_before_anything_else()
    {
        _namespaces.Put(Ns(NamespacePhase.Active));
        Run();
        _requests.ShouldBe(["UpdateStatus Terminating"]);
    }

    [Fact]
    public void Pods_go_first_and_while_some_are_left_nothing_else_does()
    {
        _namespaces.Put(Ns(NamespacePhase.Terminating));
        var status = Run(podsLinger: true);
        _requests.ShouldBe(["DeleteCollection pods", "List pods", "UpdateStatus Terminating"]);
        status!.Conditions.Single(c => c.Type == "NamespaceContentRemaining").Message.ShouldBe("Some resources are remaining: pods. has 2 resource instances");
        status.Conditions.Select(c => $"{c.Type} {c.Status}").ShouldBe(
        [
            "NamespaceDeletionDiscoveryFailure False", "NamespaceDeletionGroupVersionParsingFailure False", "NamespaceDeletionContentFailure False",
            "NamespaceContentRemaining True", "NamespaceFinalizersRemaining False",
        ]);
    }

    [Fact]
    public void When_nothing_is_left_the_namespace_is_let_go()
    {
        _namespaces.Put(Ns(NamespacePhase.Terminating));
        Run();
        _requests.ShouldBe(["DeleteCollection pods", "List pods", "DeleteCollection configmaps", "List configmaps", "Finalize "]);
    }

    [Fact]
    public void Every_namespace_gets_its_default_service_account_and_the_certificate()
    {
        var active = new Store<Namespace>(new Namespace { Metadata = new ObjectMeta { Name = "a" } });
        var account = new ServiceAccountReconciler(active, new Store<ServiceAccount>()).Reconcile(new(null, "a"), default).ShouldHaveSingleItem().ShouldBeOfType<ApiWrite>().Object!;
        (account.Metadata.Name, account.Metadata.Namespace).ShouldBe(("default", "a"));
        var map = (ConfigMap)new CertificateBundleReconciler(active, new Store<ConfigMap>(), RootCaPublisher.Bundle("PEM")).Reconcile(new(null, "a"), default).ShouldHaveSingleItem().ShouldBeOfType<ApiWrite>().Object!;
        (map.Metadata.Name, map.Data["ca.crt"]).ShouldBe(("kube-root-ca.crt", "PEM"));
        new CertificateBundleReconciler(active, new Store<ConfigMap>(map), RootCaPublisher.Bundle("PEM")).Reconcile(new(null, "a"), default).ShouldBeEmpty();
    }

    private static Namespace Ns(string phase) => new()
    {
        Metadata = new ObjectMeta { Name = "a", Uid = "u", DeletionTimestamp = DateTimeOffset.UnixEpoch },
        Spec = new NamespaceSpec { Finalizers = ["kubernetes"] },
        Status = new NamespaceStatus { Phase = phase },
    };

    private NamespaceStatus? Run(bool podsLinger = false)
    {
        var reconciler = new NamespaceReconciler(_namespaces, [GroupVersionResource.Pods, GroupVersionResource.ConfigMaps]);
        NamespaceStatus? status = null;
        Apply(reconciler.Reconcile(new ObjectKey(null, "a"), DateTimeOffset.UnixEpoch));
        return status;

        void Apply(IEnumerable<Write> writes)
        {
            foreach (var write in writes)
            {
                if (write is Batch batch)
                {
                    Apply(batch.Writes);
                    Apply(batch.Then([]));
                }
                else if (write is ApiWrite api)
                {
                    var reply = Answer(api.ToSend(User));
                    Apply(api.Then?.Invoke(reply) ?? []);
                }
            }
        }

        ApiReply Answer(ApiRequest request)
        {
            switch (request)
            {
                case DeleteCollection all:
                    _requests.Add($"DeleteCollection {all.Resource.Resource}");
                    var found = Items(all.Resource);
                    if (!podsLinger) _content[all.Resource] = 0;
                    return new Listed(null, found, 1);
                case List list:
                    _requests.Add($"List {list.Resource.Resource}");
                    return new Listed(null, Items(list.Resource), 1);
                case Update { Subresource: Subresource.Status } update:
                    status = ((Namespace)update.Object.Object!).Status;
                    _requests.Add($"UpdateStatus {status.Phase}");
                    return new Succeeded(null, ApiObject.Of(update.Object.Object!), []);
                case Update update:
                    _requests.Add($"{update.Subresource} {string.Join(",", ((Namespace)update.Object.Object!).Spec.Finalizers)}");
                    return new Succeeded(null, ApiObject.Of(update.Object.Object!), []);
                default:
                    throw new NotSupportedException(request.ToString());
            }
        }

        List<ApiObject> Items(GroupVersionResource resource) => [.. Enumerable.Range(0, _content[resource]).Select(i => ApiObject.Of(Some.Pod($"p{i}")))];
    }
}
