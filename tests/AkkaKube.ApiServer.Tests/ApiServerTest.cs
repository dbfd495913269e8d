using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.ApiServer.Bootstrap;
using AkkaKube.Client;
using AkkaKube.Client.Requests;
using AkkaKube.Etcd;
using AkkaKube.Tests;

namespace AkkaKube.ApiServer.Tests;

/// <summary>A whole API server over shards in memory.</summary>
public abstract class ApiServerTest : TestKit
{
    protected static readonly UserInfo Admin = new("kubernetes-admin", ["system:masters"]);
    protected const string Namespace = "test";

    private const string InMemory = """
        akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        akkakube.seed = 1
        """;

    protected ApiServerTest(string overrides = "") : base(ReferenceConf.With(overrides + "\n" + InMemory))
    {
        Settings = ApiServerSettings.From(Sys.Settings.Config);
        Etcd = Sys.ActorOf(EtcdActor.Props(EtcdSettings.From(Sys.Settings.Config), new StoredViews()), "etcd");
        var random = ClusterRandom.Of(Sys);
        ApiServer = Sys.ActorOf(ApiServerActor.Props(Etcd, Settings, Kubelets, random.Create, new BootstrapFacts("192.0.2.1", 6443)), "apiserver");
        ApiServer.Tell(new ApiServerActor.AwaitReadiness(), TestActor);
        ExpectMsg<ApiServerActor.Readiness>(TimeSpan.FromSeconds(20)).IsReady.ShouldBeTrue();
        Made(Make(GroupVersionResource.Namespaces, new Namespace { Metadata = new ObjectMeta { Name = Namespace } }, null));
        Made(Make(GroupVersionResource.ServiceAccounts, new ServiceAccount { Metadata = new ObjectMeta { Name = "default" } }));
    }

    protected ApiServerSettings Settings { get; }

    protected IActorRef Etcd { get; }

    protected IActorRef ApiServer { get; }

    protected FixedNodes Kubelets { get; } = new();

    protected sealed class FixedNodes : INodeLocator
    {
        public Dictionary<string, IActorRef> Refs { get; } = [];

        public IActorRef? KubeletOf(string node) => Refs.GetValueOrDefault(node);
    }

    protected ApiReply Ask(ApiRequest request)
    {
        ApiServer.Tell(request, TestActor);
        return ExpectMsg<ApiReply>(TimeSpan.FromSeconds(10));
    }

    protected static T Made<T>(ApiReply reply) where T : class, IApiObject => Made(reply).As<T>();

    protected static ApiObject Made(ApiReply reply) => reply is Failed failed ? throw new InvalidOperationException(failed.Status.Message) : reply.ShouldBeOfType<Succeeded>().Object;

    protected static Api.Meta.V1.Status Refused(ApiReply reply) => reply.ShouldBeOfType<Failed>().Status;

    protected ApiReply Make(GroupVersionResource resource, IApiObject one, string? @namespace = Namespace) =>
        Ask(new Create(resource, ObjectBody.Of(one)) { User = Admin, Namespace = @namespace, FieldManager = "test" });

    protected ApiReply MakeJson(GroupVersionResource resource, string json, string? @namespace = Namespace, string validation = "Strict") =>
        Ask(new Create(resource, Json(json)) { User = Admin, Namespace = @namespace, FieldManager = "test", FieldValidation = validation });

    protected ApiReply Read(GroupVersionResource resource, string name, string? @namespace = Namespace) =>
        Ask(new Get(resource, name) { User = Admin, Namespace = @namespace });

    protected ApiReply Replace(GroupVersionResource resource, IApiObject one, Subresource subresource = Subresource.None) =>
        Ask(new Update(resource, one.Metadata.Name, ObjectBody.Of(one)) { User = Admin, Namespace = one.Metadata.Namespace, FieldManager = "test", Subresource = subresource });

    protected ApiReply Remove(GroupVersionResource resource, string name, string? @namespace = Namespace, Client.Requests.DeleteOptions? options = null) =>
        Ask(new Delete(resource, name) { User = Admin, Namespace = @namespace, Options = options ?? Client.Requests.DeleteOptions.None });

    protected Listed List(List list)
    {
        var reply = Ask(list);
        return reply is Failed failed ? throw new InvalidOperationException(failed.Status.Message) : reply.ShouldBeOfType<Listed>();
    }

    protected static ObjectBody Json(string json) => ObjectBody.Json(Encoding.UTF8.GetBytes(json));

    protected static ConfigMap Map(string name, string value = "1", params (string Key, string Value)[] labels) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = Namespace, Labels = ValueMap.From(labels.Select(label => new KeyValuePair<string, string>(label.Key, label.Value))) },
        Data = ValueMap.From([new KeyValuePair<string, string>("k", value)]),
    };

    protected static Pod Pod(string name) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = Namespace },
        Spec = new PodSpec { Containers = [new Container { Name = "main", Image = "busybox" }] },
    };
}
