using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.ApiServer.Admission;

namespace AkkaKube.ApiServer.Tests.Admission;

public sealed class AdmissionTests
{
    private static readonly ServiceAccount Account = new() { Metadata = new ObjectMeta { Name = "default" } };

    private static Pod Pod(params Container[] containers) => new() { Metadata = new ObjectMeta { Name = "p", Namespace = "n" }, Spec = new PodSpec { Containers = containers.ToValueList() } };

    [Fact]
    public void A_pod_gets_the_default_account_and_its_token_in_every_container()
    {
        var spec = ServiceAccountAdmission.Admit(Pod(new Container { Name = "a" }, new Container { Name = "b" }), Account, "xyz12").Spec;
        spec.ServiceAccountName.ShouldBe("default");
        spec.ServiceAccount.ShouldBe("default");
        spec.Volumes.Single().Name.ShouldBe("kube-api-access-xyz12");
        spec.Volumes.Single().Projected!.Sources[0].ServiceAccountToken!.ExpirationSeconds.ShouldBe(3607);
        spec.Containers.ShouldAllBe(container => container.VolumeMounts.Single().MountPath == "/var/run/secrets/kubernetes.io/serviceaccount" && container.VolumeMounts.Single().ReadOnly);
    }

    [Fact]
    public void A_pod_that_wants_no_token_gets_none()
    {
        var pod = Pod(new Container { Name = "a" });
        ServiceAccountAdmission.Admit(pod with { Spec = pod.Spec with { AutomountServiceAccountToken = false } }, Account, "x").Spec.Volumes.Count.ShouldBe(0);
        ServiceAccountAdmission.Admit(pod, Account with { AutomountServiceAccountToken = false }, "x").Spec.Volumes.Count.ShouldBe(0);
        ServiceAccountAdmission.Admit(pod with { Spec = pod.Spec with { AutomountServiceAccountToken = true } }, Account with { AutomountServiceAccountToken = false }, "x").Spec.Volumes.Count.ShouldBe(1);
    }

    [Fact]
    public void A_pod_takes_the_pull_secrets_of_its_account_where_it_has_none()
    {
        var account = Account with { ImagePullSecrets = [new LocalObjectReference { Name = "reg" }] };
        ServiceAccountAdmission.Admit(Pod(new Container { Name = "a" }), account, "x").Spec.ImagePullSecrets.Single().Name.ShouldBe("reg");
    }

    [Fact]
    public void A_pod_stays_five_minutes_on_a_lost_node_unless_it_says_otherwise()
    {
        DefaultTolerations.Admit(Pod()).Spec.Tolerations.Select(t => (t.Key, t.TolerationSeconds)).ShouldBe([("node.kubernetes.io/not-ready", 300L), ("node.kubernetes.io/unreachable", 300L)]);
        var own = Pod() with { Spec = new PodSpec { Tolerations = [new Toleration { Key = "node.kubernetes.io/not-ready", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 5 }] } };
        DefaultTolerations.Admit(own).Spec.Tolerations.Count.ShouldBe(2);
        var all = Pod() with { Spec = new PodSpec { Tolerations = [new Toleration { Operator = "Exists" }] } };
        DefaultTolerations.Admit(all).ShouldBe(all);
    }

    [Theory]
    [InlineData(null, null, 0, null)]
    [InlineData("system-node-critical", null, 2000001000, null)]
    [InlineData("nope", null, null, "no PriorityClass with name nope was found")]
    [InlineData(null, 7, null, "the integer value of priority (7) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name")]
    public void A_pod_gets_the_priority_of_its_class(string? name, int? given, int? priority, string? forbidden)
    {
        var pod = Pod() with { Spec = new PodSpec { PriorityClassName = name, Priority = given } };
        var admitted = PodPriority.Admit(pod, out var why);
        why.ShouldBe(forbidden);
        if (forbidden is null) admitted.Spec.Priority.ShouldBe(priority);
    }

    [Fact]
    public void A_new_node_is_not_ready()
    {
        var node = NewNodeTaint.Admit(new Node { Metadata = new ObjectMeta { Name = "n" } });
        node.Spec.Taints.Single().ShouldBe(new Taint { Key = "node.kubernetes.io/not-ready", Effect = "NoSchedule" });
        NewNodeTaint.Admit(node).ShouldBe(node);
    }

    [Fact]
    public void Nothing_is_created_in_a_namespace_that_ends_or_is_not_there()
    {
        NamespaceLifecycle.RefuseCreate(GroupVersionResource.Pods, "p", "gone", null)!.Message.ShouldBe("namespaces \"gone\" not found");
        var ending = new Namespace { Metadata = new ObjectMeta { Name = "n" }, Status = new NamespaceStatus { Phase = "Terminating" } };
        NamespaceLifecycle.RefuseCreate(GroupVersionResource.Pods, "p", "n", ending)!.Message.ShouldBe("pods \"p\" is forbidden: unable to create new content in namespace n because it is being terminated");
        NamespaceLifecycle.RefuseCreate(GroupVersionResource.Pods, "p", "n", new Namespace { Metadata = new ObjectMeta { Name = "n" }, Status = new NamespaceStatus { Phase = "Active" } }).ShouldBeNull();
        NamespaceLifecycle.RefuseDelete(GroupVersionResource.Namespaces, "kube-system")!.Code.ShouldBe(403);
        NamespaceLifecycle.RefuseDelete(GroupVersionResource.Pods, "kube-system").ShouldBeNull();
    }
}
