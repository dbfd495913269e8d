using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Discovery.V1;
using AkkaKube.Api.Strategy;
using AkkaKube.Api.Tests.Validation;

namespace AkkaKube.Api.Tests.Strategy;

public class WorkloadStrategyTests
{
    private static readonly IStrategy Deployments = Strategies.For(GroupVersionResource.Deployments);

    [Fact]
    public void A_deployment_is_born_in_its_first_generation_without_status()
    {
        var created = Create(Valid.Deployment() with { Status = new DeploymentStatus { Replicas = 3 } });
        created.Metadata.Generation.ShouldBe(1);
        created.Status.ShouldBe(new DeploymentStatus());
    }

    [Fact]
    public void Its_generation_counts_changes_of_spec_and_annotations()
    {
        var old = Create(Valid.Deployment());
        Generation(now => now with { Spec = now.Spec with { Replicas = 5 } }).ShouldBe(2);
        Generation(now => now with { Metadata = now.Metadata with { Annotations = ValueMap.Of(("a", "b")) } }).ShouldBe(2);
        Generation(now => now with { Metadata = now.Metadata with { Labels = ValueMap.Of(("a", "b")), Generation = 7 } }).ShouldBe(1);

        long Generation(Func<Deployment, Deployment> change) => PreparedWrite.ForUpdate(Deployments, change(old), old).Object.Metadata.Generation;
    }

    [Fact]
    public void Its_status_brings_neither_spec_nor_labels()
    {
        var old = Create(Valid.Deployment());
        var sent = old with
        {
            Spec = old.Spec with { Replicas = 9 },
            Metadata = old.Metadata with { Labels = ValueMap.Of(("a", "b")) },
            Status = new DeploymentStatus { Replicas = 3, ReadyReplicas = 2 },
        };
        PreparedWrite.ForUpdate(Strategies.For(GroupVersionResource.Deployments, "status"), sent, old).Object.ShouldBe(old with { Status = sent.Status });
    }

    [Fact]
    public void The_generation_of_a_replica_set_counts_changes_of_the_spec_alone()
    {
        var strategy = Strategies.For(GroupVersionResource.ReplicaSets);
        var old = PreparedWrite.ForCreate(strategy, Valid.ReplicaSet()).Object.ShouldBeOfType<ReplicaSet>();
        PreparedWrite.ForUpdate(strategy, old with { Spec = old.Spec with { Replicas = 5 } }, old).Object.Metadata.Generation.ShouldBe(2);
        PreparedWrite.ForUpdate(strategy, old with { Metadata = old.Metadata with { Annotations = ValueMap.Of(("a", "b")) } }, old).Object.Metadata.Generation.ShouldBe(1);
    }

    [Fact]
    public void The_generation_of_a_slice_counts_all_but_its_metadata_and_yet_its_labels()
    {
        var strategy = Strategies.For(GroupVersionResource.EndpointSlices);
        var old = PreparedWrite.ForCreate(strategy, Valid.EndpointSlice()).Object.ShouldBeOfType<EndpointSlice>();
        old.Metadata.Generation.ShouldBe(1);
        PreparedWrite.ForUpdate(strategy, old with { Endpoints = [] }, old).Object.Metadata.Generation.ShouldBe(2);
        PreparedWrite.ForUpdate(strategy, old with { Metadata = old.Metadata with { Labels = ValueMap.Of(("a", "b")) } }, old).Object.Metadata.Generation.ShouldBe(2);
        PreparedWrite.ForUpdate(strategy, old with { Metadata = old.Metadata with { Annotations = ValueMap.Of(("a", "b")) } }, old).Object.Metadata.Generation.ShouldBe(1);
    }

    private static Deployment Create(Deployment deployment) => PreparedWrite.ForCreate(Deployments, deployment).Object.ShouldBeOfType<Deployment>();
}
