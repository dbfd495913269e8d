using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Controllers.Deployments;
using FsCheck;
using FsCheck.Fluent;
using ConditionStatus = AkkaKube.Api.Core.V1.ConditionStatus;

namespace AkkaKube.Controllers.Tests.Deployments;

public sealed class RolloutTests
{
    private readonly MiniCluster _cluster = new();

    [Fact]
    public void A_new_deployment_gets_a_set_of_revision_1_and_becomes_available()
    {
        Roll(Some.Deployment(3));
        var set = _cluster.Sets.ShouldHaveSingleItem();
        set.Metadata.Name.ShouldMatch("^w-[bcdfghjklmnpqrstvwxz2456789]{8,10}$");
        set.Metadata.Labels["pod-template-hash"].ShouldBe(set.Metadata.Name!["w-".Length..]);
        set.Metadata.Annotations.ToString().ShouldBe("deployment.kubernetes.io/desired-replicas=3,deployment.kubernetes.io/max-replicas=4,deployment.kubernetes.io/revision=1");
        set.Spec.Selector!.MatchLabels.ShouldBe(set.Metadata.Labels);
        _cluster.Web.Metadata.Annotations.ToString().ShouldBe("deployment.kubernetes.io/revision=1");
        Conditions().ShouldBe(
        [
            "Available True MinimumReplicasAvailable Deployment has minimum availability.",
            $"Progressing True NewReplicaSetAvailable ReplicaSet \"{set.Metadata.Name}\" has successfully progressed.",
        ]);
        var status = _cluster.Web.Status;
        (status.Replicas, status.UpdatedReplicas, status.ReadyReplicas, status.AvailableReplicas, status.UnavailableReplicas, status.TerminatingReplicas, status.ObservedGeneration).ShouldBe((3, 3, 3, 3, 0, 0, 1L));
        _cluster.Events[0].ShouldBe($"Deployment Normal ScalingReplicaSet Scaled up replica set {set.Metadata.Name} from 0 to 3");
        _cluster.Events.Count(e => e.StartsWith("ReplicaSet Normal SuccessfulCreate Created pod: " + set.Metadata.Name)).ShouldBe(3);
    }

    [Fact]
    public void Scaling_is_no_rollout_and_puts_Available_behind_Progressing()
    {
        Roll(Some.Deployment(3));
        Roll(s => s with { Replicas = 5 });
        _cluster.Sets.ShouldHaveSingleItem().Metadata.Annotations["deployment.kubernetes.io/max-replicas"].ShouldBe("7");
        Conditions().Select(c => c.Split(' ')[0]).ShouldBe(["Progressing", "Available"]);
        _cluster.Events.ShouldContain($"Deployment Normal ScalingReplicaSet Scaled up replica set {_cluster.Sets[0].Metadata.Name} from 3 to 5");
    }

    [Fact]
    public void Another_template_is_another_revision_and_the_old_set_is_kept_empty()
    {
        Roll(Some.Deployment(5));
        Roll(s => s with { Template = Some.Template("busybox:2") });
        _cluster.Sets.Select(s => s.Spec.Replicas).ShouldBe([0, 5]);
        _cluster.Web.Metadata.Annotations["deployment.kubernetes.io/revision"].ShouldBe("2");
        _cluster.Pods.All.ShouldAllBe(p => p.Spec.Containers[0].Image == "busybox:2");
    }

    [Fact]
    public void Rolling_back_takes_the_old_set_again_gives_it_a_new_revision_and_remembers_the_old_one()
    {
        Roll(Some.Deployment(2));
        Roll(s => s with { Template = Some.Template("busybox:2") });
        Roll(s => s with { Template = Some.Template() });
        _cluster.Sets.Count.ShouldBe(2);
        _cluster.Sets[1].Metadata.Annotations["deployment.kubernetes.io/revision"].ShouldBe("3");
        _cluster.Sets[1].Metadata.Annotations["deployment.kubernetes.io/revision-history"].ShouldBe("1");
        _cluster.Sets[1].Spec.Replicas.ShouldBe(2);
    }

    [Fact]
    public void Only_as_many_old_sets_are_kept_as_the_history_limit_says()
    {
        Roll(Some.Deployment(1) with { Spec = Some.Deployment(1).Spec with { RevisionHistoryLimit = 1 } });
        foreach (var tag in new[] { 2, 3, 4 }) Roll(s => s with { Template = Some.Template($"busybox:{tag}") });
        _cluster.Sets.Select(Annotations.RevisionOf).ShouldBe([3, 4]);
    }

    [Fact]
    public void Recreate_has_no_pod_of_the_new_template_before_the_last_old_one_is_gone()
    {
        Roll(Some.Deployment(2, type: "Recreate"));
        _cluster.Sets[0].Metadata.Annotations["deployment.kubernetes.io/max-replicas"].ShouldBe("2");
        _cluster.Check = () => _cluster.Pods.All.Select(p => p.Spec.Containers[0].Image).Distinct().Count().ShouldBeLessThanOrEqualTo(1);
        Roll(s => s with { Template = Some.Template("busybox:2") });
        _cluster.Sets.Select(s => s.Spec.Replicas).ShouldBe([0, 2]);
    }

    [Fact]
    public void A_paused_deployment_makes_nothing_new_until_it_is_resumed()
    {
        Roll(Some.Deployment(1) with { Spec = Some.Deployment(1).Spec with { Paused = true } });
        _cluster.Sets.ShouldBeEmpty();
        Conditions().ShouldBe(
            ["Progressing Unknown DeploymentPaused Deployment is paused", "Available False MinimumReplicasUnavailable Deployment does not have minimum availability."]);
        _cluster.Web.Status.TerminatingReplicas.ShouldBe(0);
        Roll(s => s with { Paused = false });
        Conditions().Select(c => c.Split(' ')[2]).ShouldBe(["MinimumReplicasAvailable", "NewReplicaSetAvailable"]);
    }

    [Fact]
    public void A_rollout_that_does_not_become_ready_stops_at_the_limits_and_exceeds_its_deadline()
    {
        Roll(Some.Deployment(3, 1, 1) with { Spec = Some.Deployment(3, 1, 1).Spec with { ProgressDeadlineSeconds = 2 } });
        _cluster.BecomesReady = p => p.Spec.Containers[0].Image != "busybox:2";
        Roll(s => s with { Template = Some.Template("busybox:2") });
        _cluster.Sets.Select(s => s.Spec.Replicas).ShouldBe([2, 2]);
        Conditions()[1].ShouldBe($"Progressing True ReplicaSetUpdated ReplicaSet \"{_cluster.Sets[1].Metadata.Name}\" is progressing.");
        _cluster.Now += TimeSpan.FromSeconds(3);
        _cluster.Settle();
        Conditions()[1].ShouldBe($"Progressing False ProgressDeadlineExceeded ReplicaSet \"{_cluster.Sets[1].Metadata.Name}\" has timed out progressing.");
    }

    [Fact]
    public void Scaling_in_the_middle_of_a_rollout_keeps_the_proportions()
    {
        Roll(Some.Deployment(3, 1, 1));
        _cluster.BecomesReady = p => p.Spec.Containers[0].Image != "busybox:2";
        Roll(s => s with { Template = Some.Template("busybox:2") });
        Roll(s => s with { Replicas = 6 });
        _cluster.Sets.Select(s => s.Spec.Replicas).ShouldBe([3, 4]);
        _cluster.Sets.ShouldAllBe(s => s.Metadata.Annotations["deployment.kubernetes.io/max-replicas"] == "7");
        Conditions()[0].ShouldStartWith("Available False MinimumReplicasUnavailable");
        _cluster.BecomesReady = _ => true;
        Roll(s => s with { Template = Some.Template("busybox:9") });
        _cluster.Sets.Select(s => s.Spec.Replicas).ShouldBe([0, 0, 6]);
    }

    [Fact]
    public void A_matching_set_without_an_owner_is_adopted()
    {
        Roll(Some.Deployment(2));
        var orphan = _cluster.Sets[0];
        _cluster.Deployments.Remove(new("default", "w"));
        _cluster.Put(orphan with { Metadata = orphan.Metadata with { OwnerReferences = [] } });
        var again = Some.Deployment(2);
        Roll(again with { Metadata = again.Metadata with { Uid = "uid-second" } });
        _cluster.Sets.ShouldHaveSingleItem().Metadata.OwnerReferences.ShouldHaveSingleItem().Uid.ShouldBe("uid-second");
        Conditions().Select(c => c.Split(' ')[2]).ShouldBe(["MinimumReplicasAvailable", "NewReplicaSetAvailable"]);
    }

    [Fact]
    public void A_hash_that_is_taken_counts_a_collision_and_gives_another_name()
    {
        var taken = "";
        _cluster.Refuse = item =>
        {
            if (item is not ReplicaSet || (taken.Length > 0 && item.Metadata.Name != taken)) return null;
            taken = item.Metadata.Name!;
            return new Status { Code = 409, Reason = StatusReason.AlreadyExists };
        };
        Roll(Some.Deployment(1));
        _cluster.Web.Status.CollisionCount.ShouldBe(1);
        _cluster.Sets.ShouldHaveSingleItem().Metadata.Name.ShouldNotBe(taken);
    }

    [Fact]
    public void Minimum_ready_seconds_reach_the_set_without_a_new_revision()
    {
        Roll(Some.Deployment(1));
        Roll(s => s with { MinReadySeconds = 1 });
        _cluster.Sets.ShouldHaveSingleItem().Spec.MinReadySeconds.ShouldBe(1);
    }

    [Fact]
    public void A_template_without_a_difference_has_the_same_hash_and_any_difference_another() =>
        (PodTemplateHash.Of(Some.Deployment(1)) == PodTemplateHash.Of(Some.Deployment(2)), PodTemplateHash.Of(Some.Deployment(1)) == PodTemplateHash.Of(Some.Deployment(1) with { Spec = Some.Deployment(1).Spec with { Template = Some.Template("other") } }))
            .ShouldBe((true, false));

    [Fact]
    public void At_no_time_are_there_more_pods_than_the_surge_allows_or_fewer_available_ones_than_promised() =>
        Prop.ForAll(Gen.Choose(1, 12).SelectMany(n => Gen.Choose(0, 5).SelectMany(s => Gen.Choose(0, 5).Select(u => (Replicas: n, Surge: s, Unavailable: u)))).ToArbitrary(), p =>
        {
            var cluster = new MiniCluster();
            cluster.Put(Some.Deployment(p.Replicas, p.Surge, p.Unavailable));
            cluster.Settle();
            var rollout = Rollout.Of(cluster.Web, cluster.Sets);
            var (most, least) = (p.Replicas + rollout.MaxSurge, p.Replicas - rollout.MaxUnavailable);
            cluster.Check = () =>
            {
                var active = cluster.Pods.All.Where(x => x.Metadata.DeletionTimestamp is null).ToList();
                active.Count.ShouldBeLessThanOrEqualTo(most);
                active.Count(x => x.Status.Conditions.Any(c => c.Status == ConditionStatus.True)).ShouldBeGreaterThanOrEqualTo(least);
            };
            cluster.Change(s => s with { Template = Some.Template("busybox:2") });
            cluster.Settle();
            cluster.Sets[^1].Spec.Replicas.ShouldBe(p.Replicas);
            cluster.Pods.Count.ShouldBe(p.Replicas);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(10, "30%", "20%", 3, 2)]
    [InlineData(5, "25%", "25%", 2, 1)]
    [InlineData(1, "25%", "25%", 1, 0)]
    [InlineData(3, "0%", "0%", 0, 1)]
    public void A_surge_is_rounded_up_and_unavailability_down(int replicas, string surge, string unavailable, int pods, int missing) =>
        Fenceposts.Resolve(new RollingUpdateDeployment { MaxSurge = surge, MaxUnavailable = unavailable }, replicas).ShouldBe((pods, missing));

    private List<string> Conditions() => [.. _cluster.Web.Status.Conditions.Select(c => $"{c.Type} {c.Status} {c.Reason} {c.Message}")];

    private void Roll(Deployment deployment)
    {
        _cluster.Put(deployment);
        _cluster.Settle();
    }

    private void Roll(Func<DeploymentSpec, DeploymentSpec> change)
    {
        _cluster.Now += TimeSpan.FromSeconds(1);
        _cluster.Change(change);
        _cluster.Settle();
    }
}
