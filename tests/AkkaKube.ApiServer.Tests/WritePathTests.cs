using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Autoscaling.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;
using static AkkaKube.Api.GroupVersionResource;
using Binding = AkkaKube.Api.Core.V1.Binding;
using DeleteOptions = AkkaKube.Client.Requests.DeleteOptions;

namespace AkkaKube.ApiServer.Tests;

public sealed class WritePathTests : ApiServerTest
{
    [Fact]
    public void Every_cluster_has_its_namespaces_and_the_service_of_the_API()
    {
        foreach (var name in new[] { "default", "kube-system", "kube-public", "kube-node-lease" }) Made<Namespace>(Read(Namespaces, name, null)).Status.Phase.ShouldBe("Active");
        Made<Service>(Read(GroupVersionResource.Services, "kubernetes", "default")).Spec.ClusterIP.ShouldBe("10.96.0.1");
        Made(Read(GroupVersionResource.Endpoints, "kubernetes", "default"));
        Made(Read(EndpointSlices, "kubernetes", "default"));
    }

    [Fact]
    public void A_created_object_has_what_the_server_says_of_it()
    {
        var reply = Make(ConfigMaps, Map("a")).ShouldBeOfType<Succeeded>();
        reply.Created.ShouldBeTrue();
        var metadata = reply.Object.Object.Metadata;
        Guid.TryParse(metadata.Uid, out _).ShouldBeTrue();
        metadata.CreationTimestamp.ShouldNotBeNull();
        metadata.ResourceVersion.ShouldBe(reply.Object.ResourceVersion.ToString());
        metadata.ManagedFields.Single().Manager.ShouldBe("test");
        Made(Read(ConfigMaps, "a")).Json.ToArray().ShouldBe(reply.Object.Json.ToArray());
        reply.Object.ToString().ShouldContain($"\"resourceVersion\":\"{reply.Object.ResourceVersion}\"");
    }

    [Fact]
    public void What_exists_is_not_created_again()
    {
        Made(Make(ConfigMaps, Map("a")));
        var refused = Refused(Make(ConfigMaps, Map("a")));
        refused.Code.ShouldBe(409);
        refused.Message.ShouldBe("configmaps \"a\" already exists");
    }

    [Fact]
    public void A_dry_run_changes_nothing()
    {
        var tried = Made(Ask(new Create(ConfigMaps, ObjectBody.Of(Map("a"))) { User = Admin, Namespace = Namespace, DryRun = true }));
        tried.Object.Metadata.ResourceVersion.ShouldBeNullOrEmpty();
        Refused(Read(ConfigMaps, "a")).Code.ShouldBe(404);
        var made = Made<ConfigMap>(Make(ConfigMaps, Map("a")));
        Made<ConfigMap>(Ask(new Update(ConfigMaps, "a", ObjectBody.Of(Map("a", "2"))) { User = Admin, Namespace = Namespace, DryRun = true })).Data["k"].ShouldBe("2");
        Made(Ask(new Delete(ConfigMaps, "a") { User = Admin, Namespace = Namespace, DryRun = true }));
        Made<ConfigMap>(Read(ConfigMaps, "a")).ShouldBe(made);
    }

    [Fact]
    public void A_name_may_be_left_to_the_server()
    {
        var map = Map("") with { Metadata = new ObjectMeta { GenerateName = "gen-" } };
        var names = Enumerable.Range(0, 20).Select(_ => Made(Make(ConfigMaps, map)).Key.Name).ToList();
        names.ShouldAllBe(name => name.StartsWith("gen-") && name.Length == 9);
        names.Distinct().Count().ShouldBe(20);
    }

    [Fact]
    public void A_stale_resource_version_is_refused_and_none_at_all_takes_the_latest()
    {
        var first = Made<ConfigMap>(Make(ConfigMaps, Map("a")));
        var second = Made<ConfigMap>(Replace(ConfigMaps, first with { Data = Map("a", "2").Data }));
        var refused = Refused(Replace(ConfigMaps, first with { Data = Map("a", "3").Data }));
        refused.Code.ShouldBe(409);
        refused.Message.ShouldBe("Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version and try again");
        Made<ConfigMap>(Replace(ConfigMaps, Map("a", "4"))).Data["k"].ShouldBe("4");
        second.Metadata.Uid.ShouldBe(first.Metadata.Uid);
    }

    [Fact]
    public void An_update_that_changes_nothing_is_no_write()
    {
        var made = Made(Make(ConfigMaps, Map("a")));
        Made(Replace(ConfigMaps, made.As<ConfigMap>())).ResourceVersion.ShouldBe(made.ResourceVersion);
        Made(Replace(ConfigMaps, Map("a"))).ResourceVersion.ShouldBe(made.ResourceVersion);
    }

    [Fact]
    public void Concurrent_patches_of_one_object_are_all_carried_out()
    {
        Made(Make(ConfigMaps, Map("a")));
        for (var i = 0; i < 40; i++)
        {
            ApiServer.Tell(new Patch(ConfigMaps, "a", PatchType.Merge, System.Text.Encoding.UTF8.GetBytes($$$"""{"data":{"p{{{i}}}":"x"}}""")) { User = Admin, Namespace = Namespace });
        }
        ReceiveN(40, TimeSpan.FromSeconds(10)).ShouldAllBe(reply => reply is Succeeded);
        Made<ConfigMap>(Read(ConfigMaps, "a")).Data.Count.ShouldBe(41);
    }

    [Fact]
    public void A_pod_is_admitted_as_Kubernetes_does()
    {
        var pod = Made<Pod>(Make(Pods, Pod("p")));
        pod.Spec.ServiceAccountName.ShouldBe("default");
        pod.Spec.Volumes.Single().Name.ShouldStartWith("kube-api-access-");
        pod.Spec.Tolerations.Count.ShouldBe(2);
        pod.Spec.Priority.ShouldBe(0);
        pod.Status.Phase.ShouldBe("Pending");
        pod.Metadata.Generation.ShouldBe(1);
    }

    [Fact]
    public void A_pod_of_an_unknown_service_account_or_namespace_is_refused()
    {
        Refused(Make(Pods, Pod("p") with { Spec = Pod("p").Spec with { ServiceAccountName = "nobody" } })).Message
            .ShouldBe("pods \"p\" is forbidden: error looking up service account test/nobody: serviceaccount \"nobody\" not found");
        Refused(Make(Pods, Pod("p") with { Metadata = new ObjectMeta { Name = "p" } }, "absent")).Message.ShouldBe("namespaces \"absent\" not found");
    }

    [Fact]
    public void A_pod_waits_a_little_for_the_default_account_of_a_new_namespace()
    {
        Made(Make(Namespaces, new Namespace { Metadata = new ObjectMeta { Name = "new" } }, null));
        var pod = Pod("p") with { Metadata = new ObjectMeta { Name = "p" } };
        ApiServer.Tell(new Create(Pods, ObjectBody.Of(pod)) { User = Admin, Namespace = "new", Tag = "pod" });
        ExpectNoMsg(TimeSpan.FromMilliseconds(60));
        ApiServer.Tell(new Create(ServiceAccounts, ObjectBody.Of(new ServiceAccount { Metadata = new ObjectMeta { Name = "default" } })) { User = Admin, Namespace = "new", Tag = "account" });
        ReceiveN(2, TimeSpan.FromSeconds(10)).ShouldAllBe(reply => reply is Succeeded);
    }

    [Fact]
    public void An_invalid_object_is_refused_with_its_causes()
    {
        var refused = Refused(Make(ConfigMaps, Map("Not Valid")));
        refused.Code.ShouldBe(422);
        refused.Details!.Causes.Single().Field.ShouldBe("metadata.name");
    }

    [Fact]
    public void A_pod_is_bound_once()
    {
        Made(Make(Pods, Pod("p")));
        var binding = new Binding { Metadata = new ObjectMeta { Name = "p", Namespace = Namespace }, Target = new ObjectReference { Kind = "Node", Name = "node-1" } };
        ApiReply Bind() => Ask(new Create(Pods, ObjectBody.Of(binding)) { User = Admin, Namespace = Namespace, Name = "p", Subresource = Subresource.Binding });
        Bind().ShouldBeOfType<Succeeded>().Status!.StatusValue.ShouldBe("Success");
        var pod = Made<Pod>(Read(Pods, "p"));
        pod.Spec.NodeName.ShouldBe("node-1");
        pod.Status.Conditions.Single(condition => condition.Type == "PodScheduled").Status.ShouldBe("True");
        Refused(Bind()).Message.ShouldBe("Operation cannot be fulfilled on pods/binding \"p\": pod p is already assigned to node \"node-1\"");
    }

    [Fact]
    public void A_pod_on_a_node_is_deleted_in_two_steps()
    {
        Made(Make(Pods, Pod("p") with { Spec = Pod("p").Spec with { NodeName = "node-1" } }));
        var marked = Made<Pod>(Remove(Pods, "p"));
        marked.Metadata.DeletionGracePeriodSeconds.ShouldBe(30);
        Made(Read(Pods, "p"));
        Made(Remove(Pods, "p", options: new DeleteOptions { GracePeriodSeconds = 0 }));
        Refused(Read(Pods, "p")).Code.ShouldBe(404);
    }

    [Fact]
    public void A_delete_asks_for_what_it_was_told_to()
    {
        var made = Made<ConfigMap>(Make(ConfigMaps, Map("a")));
        Refused(Remove(ConfigMaps, "a", options: new DeleteOptions { PreconditionUid = "wrong" })).Message
            .ShouldBe($"Operation cannot be fulfilled on ConfigMap \"a\": the UID in the precondition (wrong) does not match the UID in record ({made.Metadata.Uid}). The object might have been deleted and then recreated");
        Remove(ConfigMaps, "a", options: new DeleteOptions { PreconditionUid = made.Metadata.Uid }).ShouldBeOfType<Succeeded>().Status!.Details!.Uid.ShouldBe(made.Metadata.Uid);
    }

    [Fact]
    public void The_last_finalizer_takes_the_object_with_it()
    {
        var map = Map("a");
        Made(Make(ConfigMaps, map with { Metadata = map.Metadata with { Finalizers = ["example.com/x"] } }));
        Made(Remove(ConfigMaps, "a")).Object.Metadata.DeletionTimestamp.ShouldNotBeNull();
        var held = Made<ConfigMap>(Read(ConfigMaps, "a"));
        Made(Replace(ConfigMaps, held with { Metadata = held.Metadata with { Finalizers = [] } }));
        Refused(Read(ConfigMaps, "a")).Code.ShouldBe(404);
    }

    [Fact]
    public void A_namespace_ends_when_its_finalizer_is_gone_and_takes_nothing_new_meanwhile()
    {
        Made(Remove(Namespaces, Namespace, null)).As<Namespace>().Status.Phase.ShouldBe("Terminating");
        AwaitAssert(() => Refused(Make(ConfigMaps, Map("late"))).Message
            .ShouldBe("configmaps \"late\" is forbidden: unable to create new content in namespace test because it is being terminated"));
        var ending = Made<Namespace>(Read(Namespaces, Namespace, null));
        Made(Replace(Namespaces, ending with { Spec = new NamespaceSpec() }, Subresource.Finalize));
        Refused(Read(Namespaces, Namespace, null)).Code.ShouldBe(404);
        Refused(Remove(Namespaces, "kube-system", null)).Message.ShouldBe("namespaces \"kube-system\" is forbidden: this namespace may not be deleted");
    }

    [Fact]
    public void Status_and_the_rest_are_written_apart()
    {
        var pod = Made<Pod>(Make(Pods, Pod("p")));
        var running = pod with { Status = pod.Status with { Phase = "Running" }, Metadata = pod.Metadata with { Labels = ValueMap.From([new KeyValuePair<string, string>("x", "y")]) } };
        var written = Made<Pod>(Replace(Pods, running, Subresource.Status));
        written.Status.Phase.ShouldBe("Running");
        Made<Pod>(Replace(Pods, written with { Status = new PodStatus { Phase = "Failed" } })).Status.Phase.ShouldBe("Running");
    }

    [Fact]
    public void A_workload_is_scaled_apart_from_the_rest()
    {
        Made(MakeJson(Deployments, """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"replicas":1,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}"""));
        var scale = Made<Scale>(Ask(new Get(Deployments, "d") { User = Admin, Namespace = Namespace, Subresource = Subresource.Scale }));
        scale.Spec.Replicas.ShouldBe(1);
        scale.Status.Selector.ShouldBe("a=b");
        Made<Scale>(Replace(Deployments, scale with { Spec = new ScaleSpec { Replicas = 7 } }, Subresource.Scale)).Spec.Replicas.ShouldBe(7);
        var deployment = Made<Deployment>(Read(Deployments, "d"));
        deployment.Spec.Replicas.ShouldBe(7);
        deployment.Metadata.Generation.ShouldBe(2);
    }

    [Fact]
    public void An_apply_creates_what_is_not_there_and_conflicts_with_another_manager()
    {
        ApiReply Apply(string manager, string value, bool force = false) => Ask(new Patch(ConfigMaps, "a", PatchType.Apply, System.Text.Encoding.UTF8.GetBytes(
            $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"k":"{{{value}}}"}}"""))
        { User = Admin, Namespace = Namespace, FieldManager = manager, Force = force });
        Apply("alice", "1").ShouldBeOfType<Succeeded>().Created.ShouldBeTrue();
        Refused(Apply("bob", "2")).Message.ShouldBe("Apply failed with 1 conflict: conflict with \"alice\": .data.k");
        Made<ConfigMap>(Apply("bob", "2", force: true)).Data["k"].ShouldBe("2");
    }

    [Fact]
    public void Services_get_addresses_that_come_back_when_they_go()
    {
        Service Service(string name, string? ip = null) => new() { Metadata = new ObjectMeta { Name = name, Namespace = Namespace }, Spec = new ServiceSpec { ClusterIP = ip, Ports = [new ServicePort { Port = 80 }] } };
        var first = Made<Service>(Make(GroupVersionResource.Services, Service("a")));
        first.Spec.ClusterIPs.ShouldBe([first.Spec.ClusterIP!]);
        Refused(Make(GroupVersionResource.Services, Service("b", first.Spec.ClusterIP))).Message.ShouldEndWith("provided IP is already allocated");
        Refused(Make(GroupVersionResource.Services, Service("b", "10.96.0.1"))).Code.ShouldBe(422);
        Made(Remove(GroupVersionResource.Services, "a"));
        Made(Make(GroupVersionResource.Services, Service("b", first.Spec.ClusterIP)));
    }

    [Fact]
    public void A_collection_is_deleted_by_selector()
    {
        for (var i = 0; i < 30; i++) Made(Make(ConfigMaps, Map($"m{i}", "1", ("odd", (i % 2).ToString()))));
        Ask(new DeleteCollection(ConfigMaps) { User = Admin, Namespace = Namespace, LabelSelector = "odd=1" }).ShouldBeOfType<Listed>().Items.Count.ShouldBe(15);
        List(new List(ConfigMaps) { User = Admin, Namespace = Namespace }).Items.Count.ShouldBe(15);
    }

    [Fact]
    public void A_log_is_the_kubelets_to_answer()
    {
        var kubelet = CreateTestProbe();
        Kubelets.Refs["node-1"] = kubelet;
        Made(Make(Pods, Pod("p") with { Spec = Pod("p").Spec with { NodeName = "node-1" } }));
        ApiServer.Tell(new ReadLog("p") { User = Admin, Namespace = Namespace, Tag = "t" });
        kubelet.ExpectMsg<ReadLog>().Container.ShouldBe("main");
        kubelet.Reply(new LogChunk("t", "hello\n"u8.ToArray(), End: true));
        ExpectMsg<LogChunk>().End.ShouldBeTrue();
        Refused(Ask(new ReadLog("p") { User = Admin, Namespace = Namespace, Container = "other" })).Message.ShouldBe("container other is not valid for pod p");
    }
}
