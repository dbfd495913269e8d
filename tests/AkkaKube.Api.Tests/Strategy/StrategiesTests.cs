using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Strategy;
using AkkaKube.Api.Tests.Validation;

namespace AkkaKube.Api.Tests.Strategy;

public class StrategiesTests
{
    private static readonly IApiObject[] OneOfEach =
    [
        Valid.Pod(), Valid.Node(), Valid.Namespace(), Valid.Service(), Valid.Endpoints(), Valid.EndpointSlice(), Valid.ConfigMap(), Valid.Secret(),
        Valid.ServiceAccount(), Valid.Event(), Valid.Lease(), Valid.Deployment(), Valid.ReplicaSet(),
    ];

    [Fact]
    public void Every_resource_takes_an_object_of_its_kind()
    {
        foreach (var o in OneOfEach)
        {
            var write = PreparedWrite.ForCreate(Strategies.For(Faults.Resource(o)), o);
            write.Errors.ShouldBeEmpty();
            write.Object.Kind.ShouldBe(o.Kind);
        }
    }

    [Fact]
    public void An_update_that_changes_nothing_is_valid_and_leaves_no_trace()
    {
        foreach (var o in OneOfEach)
        {
            var strategy = Strategies.For(Faults.Resource(o));
            var stored = PreparedWrite.ForCreate(strategy, o).Object;
            var write = PreparedWrite.ForUpdate(strategy, stored, stored);
            write.Errors.ShouldBeEmpty();
            write.Object.ShouldBe(stored);
        }
    }

    [Fact]
    public void Resources_and_subresources_have_strategies_of_their_own()
    {
        Strategies.Find(GroupVersionResource.Pods, "status").ShouldNotBeNull().ShouldNotBe(Strategies.For(GroupVersionResource.Pods));
        Strategies.Find(GroupVersionResource.ConfigMaps, "status").ShouldBeNull();
        Should.Throw<KeyNotFoundException>(() => Strategies.For(new GroupVersionResource("example.com", "v1", "things")));
    }

    [Fact]
    public void Nodes_and_namespaces_are_in_no_namespace()
    {
        Strategies.For(GroupVersionResource.Nodes).IsNamespaced.ShouldBeFalse();
        Strategies.For(GroupVersionResource.Namespaces).IsNamespaced.ShouldBeFalse();
        Strategies.For(GroupVersionResource.Pods).IsNamespaced.ShouldBeTrue();
    }

    [Fact]
    public void Endpoints_are_deprecated_and_others_are_not()
    {
        Strategies.For(GroupVersionResource.Endpoints).Deprecation.ShouldBe("v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");
        Strategies.For(GroupVersionResource.EndpointSlices).Deprecation.ShouldBeNull();
    }

    [Fact]
    public void A_status_cannot_be_written_through_the_object_nor_the_object_through_its_status()
    {
        Strategies.For(GroupVersionResource.Deployments).ResetFields.ShouldBe(["status"]);
        Strategies.For(GroupVersionResource.Deployments, "status").ResetFields.ShouldBe(["spec", "metadata.labels"]);
        var old = Valid.Node() with { Status = new NodeStatus { Phase = "Running" } };
        var write = PreparedWrite.ForUpdate(Strategies.For(GroupVersionResource.Nodes), old with { Status = new NodeStatus { Phase = "Gone" } }, old);
        write.Object.ShouldBeOfType<Node>().Status.Phase.ShouldBe("Running");
    }

    [Fact]
    public void What_the_server_says_in_the_metadata_stays()
    {
        var old = Valid.ConfigMap() with { Metadata = Valid.Meta() with { Generation = 3, DeletionTimestamp = DateTimeOffset.UnixEpoch, DeletionGracePeriodSeconds = 9, Finalizers = ["a/b"] } };
        var sent = Valid.ConfigMap() with { Metadata = Valid.Meta() with { Uid = "", CreationTimestamp = null, Generation = 8, Finalizers = ["a/b"] } };
        PreparedWrite.ForUpdate(Strategies.For(GroupVersionResource.ConfigMaps), sent, old).Object.Metadata.ShouldBe(old.Metadata);
    }

    [Fact]
    public void A_new_object_is_not_being_deleted()
    {
        var sent = Valid.ConfigMap() with { Metadata = Valid.Meta() with { DeletionTimestamp = DateTimeOffset.UnixEpoch, DeletionGracePeriodSeconds = 9 } };
        PreparedWrite.ForCreate(Strategies.For(GroupVersionResource.ConfigMaps), sent).Object.ShouldBe(Valid.ConfigMap());
    }

    [Fact]
    public void A_namespace_is_born_active_finalized_and_labelled()
    {
        var sent = Valid.Namespace() with { Spec = new NamespaceSpec { Finalizers = ["example.com/mine"] }, Metadata = Valid.Meta("made-up") with { Namespace = null } };
        var created = PreparedWrite.ForCreate(Strategies.For(GroupVersionResource.Namespaces), sent).Object.ShouldBeOfType<Namespace>();
        created.Status.Phase.ShouldBe("Active");
        created.Spec.Finalizers.ShouldBe(["example.com/mine", "kubernetes"]);
        created.Metadata.Labels["kubernetes.io/metadata.name"].ShouldBe("made-up");
    }

    [Fact]
    public void Only_the_finalize_subresource_takes_finalizers_away()
    {
        var old = Valid.Namespace() with { Status = new NamespaceStatus { Phase = "Active" } };
        var sent = old with { Spec = new NamespaceSpec() };
        PreparedWrite.ForUpdate(Strategies.For(GroupVersionResource.Namespaces), sent, old).Object.ShouldBe(old);
        PreparedWrite.ForUpdate(Strategies.For(GroupVersionResource.Namespaces, "finalize"), sent, old).Object.ShouldBe(sent);
    }

    [Fact]
    public void A_lease_cannot_be_overwritten_unseen()
    {
        Strategies.For(GroupVersionResource.Leases).AllowsUnconditionalUpdate.ShouldBeFalse();
        Strategies.For(GroupVersionResource.ConfigMaps).AllowsUnconditionalUpdate.ShouldBeTrue();
        Strategies.For(GroupVersionResource.Leases).AllowsCreateOnUpdate.ShouldBeTrue();
        Strategies.For(GroupVersionResource.Pods).AllowsCreateOnUpdate.ShouldBeFalse();
    }

    [Fact]
    public void Only_events_own_nothing()
    {
        Strategies.For(GroupVersionResource.Events).GarbageCollection.ShouldBe(GarbageCollectionPolicy.Unsupported);
        Strategies.For(GroupVersionResource.Deployments).GarbageCollection.ShouldBe(GarbageCollectionPolicy.DeleteDependents);
    }

    [Fact]
    public void A_service_account_names_its_secrets_and_no_more()
    {
        var sent = Valid.ServiceAccount() with { Secrets = [new ObjectReference { Kind = "Secret", Name = "token", Namespace = "shop" }] };
        PreparedWrite.ForCreate(Strategies.For(GroupVersionResource.ServiceAccounts), sent).Object.ShouldBeOfType<ServiceAccount>()
            .Secrets.ShouldBe([new ObjectReference { Name = "token" }]);
    }

    [Fact]
    public void A_secret_keeps_its_type_unless_told_another()
    {
        var old = Valid.Secret("mine");
        PreparedWrite.ForUpdate(Strategies.For(GroupVersionResource.Secrets), old with { Type = null }, old).Object.ShouldBe(old);
    }
}
