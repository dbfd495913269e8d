using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.ApiServer.Bootstrap;
using AkkaKube.Client;
using AkkaKube.Client.Requests;
using AkkaKube.Etcd;
using Watch = AkkaKube.Client.Requests.Watch;

namespace AkkaKube.ApiServer.Tests;

/// <summary>Two API servers, each with proxies of its own, over shards that move.</summary>
public sealed class TwoHostsTests : ApiServerTest
{
    private readonly IActorRef _entities;
    private readonly IActorRef _first;
    private readonly IActorRef _second;

    public TwoHostsTests()
    {
        _entities = Sys.ActorOf(Props.Create(() => new Entities(EtcdSettings.From(Sys.Settings.Config))), "entities");
        // What the first made is there before the second starts: it makes nothing again.
        _first = Ready(Server("first"));
        _second = Ready(Server("second"));
        Made(Tell(_first, Make(GroupVersionResource.Namespaces, new Namespace { Metadata = new ObjectMeta { Name = "shared" } }, null)));
        Made(Tell(_second, Make(GroupVersionResource.ServiceAccounts, new ServiceAccount { Metadata = new ObjectMeta { Name = "default" } }, "shared")));
    }

    /// <summary>Stands for the sharding region: an entity for each resource type, moved when told so.</summary>
    private sealed class Entities : ReceiveActor
    {
        public sealed record Move(string Resource);

        private readonly Dictionary<string, IActorRef> _entities = [];
        private readonly List<(IActorRef Sender, EtcdEntity.ToShard Message)> _waiting = [];

        public Entities(EtcdSettings settings)
        {
            Receive<EtcdEntity.ToShard>(to => Deliver(to, Sender, settings));
            Receive<Move>(move =>
            {
                Context.Watch(_entities[move.Resource]);
                _entities[move.Resource].Tell(EtcdEntity.StopMessage);
                _entities[move.Resource] = ActorRefs.Nobody;
            });
            Receive<Terminated>(_ =>
            {
                foreach (var gone in _entities.Where(pair => pair.Value.IsNobody()).ToList()) _entities.Remove(gone.Key);
                foreach (var (sender, message) in _waiting) Deliver(message, sender, settings);
                _waiting.Clear();
            });
        }

        private void Deliver(EtcdEntity.ToShard to, IActorRef sender, EtcdSettings settings)
        {
            if (!_entities.TryGetValue(to.Resource, out var entity)) _entities[to.Resource] = entity = Context.ActorOf(EtcdEntity.Props(to.Resource, settings, new StoredViews(), () => true));
            if (entity.IsNobody()) _waiting.Add((sender, to));
            else entity.Tell(to.Message, sender);
        }
    }

    private IActorRef Server(string host)
    {
        var proxies = Sys.ActorOf(EtcdProxy.Props(_entities, EtcdSettings.From(Sys.Settings.Config), new StoredViews()), $"etcd-{host}");
        return Sys.ActorOf(ApiServerActor.Props(proxies, Settings, Kubelets, part => ClusterRandom.Of(Sys).Create($"{host}/{part}"), new BootstrapFacts("192.0.2.1", 6443)), $"apiserver-{host}");
    }

    private IActorRef Ready(IActorRef server)
    {
        server.Tell(new ApiServerActor.AwaitReadiness(), TestActor);
        ExpectMsg<ApiServerActor.Readiness>(TimeSpan.FromSeconds(20)).IsReady.ShouldBeTrue();
        return server;
    }

    private ApiReply Tell(IActorRef server, ApiRequest request)
    {
        server.Tell(request, TestActor);
        return ExpectMsg<ApiReply>(TimeSpan.FromSeconds(10));
    }

    private new static Create Make(GroupVersionResource resource, IApiObject one, string? @namespace) =>
        new(resource, ObjectBody.Of(one)) { User = Admin, Namespace = @namespace, FieldManager = "test" };

    private static ConfigMap Config(string name, string value = "1") => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "shared" },
        Data = ValueMap.From([new KeyValuePair<string, string>("k", value)]),
    };

    private void Move(string resource) => _entities.Tell(new Entities.Move(resource));

    private Listed ListAt(IActorRef server, GroupVersionResource resource, string? @namespace = "shared") =>
        Tell(server, new List(resource) { User = Admin, Namespace = @namespace }).ShouldBeOfType<Listed>();

    [Fact]
    public void What_one_server_acknowledged_the_other_lists_also_while_the_shard_moves()
    {
        for (var i = 0; i < 30; i++)
        {
            var (writer, reader) = i % 2 == 0 ? (_first, _second) : (_second, _first);
            var made = Made(Tell(writer, Make(GroupVersionResource.ConfigMaps, Config($"m{i:00}"), "shared")));
            if (i % 7 == 3) Move("configmaps");
            var listed = ListAt(reader, GroupVersionResource.ConfigMaps);
            listed.Items.Count.ShouldBe(i + 1);
            listed.ResourceVersion.ShouldBeGreaterThanOrEqualTo(made.ResourceVersion);
            Made(Tell(reader, new Get(GroupVersionResource.ConfigMaps, $"m{i:00}") { User = Admin, Namespace = "shared" })).ResourceVersion.ShouldBe(made.ResourceVersion);
        }
    }

    [Fact]
    public void A_watch_goes_on_at_another_server_from_the_revision_where_it_was()
    {
        var made = Made(Tell(_first, Make(GroupVersionResource.ConfigMaps, Config("a"), "shared")));
        Move("configmaps");
        for (var i = 0; i < 5; i++) Made(Tell(_first, Make(GroupVersionResource.ConfigMaps, Config($"b{i}"), "shared")));
        var probe = CreateTestProbe();
        _second.Tell(new Watch(GroupVersionResource.ConfigMaps) { User = Admin, Namespace = "shared", ResourceVersion = made.ResourceVersion.ToString() }, probe);
        var seen = new List<long>();
        while (seen.Count < 5) seen.AddRange(probe.ExpectMsg<WatchEvents>().Events.Select(one => one.Object.ResourceVersion));
        seen.ShouldBe(Enumerable.Range(1, 5).Select(i => made.ResourceVersion + i));
    }

    [Fact]
    public void A_page_of_a_list_goes_on_at_another_server()
    {
        for (var i = 0; i < 6; i++) Made(Tell(_first, Make(GroupVersionResource.ConfigMaps, Config($"m{i}"), "shared")));
        var first = Tell(_first, new List(GroupVersionResource.ConfigMaps) { User = Admin, Namespace = "shared", Limit = 4 }).ShouldBeOfType<Listed>();
        Made(Tell(_first, new Delete(GroupVersionResource.ConfigMaps, "m4") { User = Admin, Namespace = "shared" }));
        var second = Tell(_second, new List(GroupVersionResource.ConfigMaps) { User = Admin, Namespace = "shared", Limit = 4, Continue = first.Continue }).ShouldBeOfType<Listed>();
        second.ResourceVersion.ShouldBe(first.ResourceVersion);
        second.Items.Select(item => item.Key.Name).ShouldBe(["m4", "m5"]);
    }

    [Fact]
    public void A_namespace_that_was_made_through_one_server_can_be_used_through_the_other_at_once()
    {
        for (var i = 0; i < 10; i++)
        {
            Made(Tell(_first, Make(GroupVersionResource.Namespaces, new Namespace { Metadata = new ObjectMeta { Name = $"n{i}" } }, null)));
            Made(Tell(_second, Make(GroupVersionResource.ConfigMaps, Config("a") with { Metadata = new ObjectMeta { Name = "a", Namespace = $"n{i}" } }, $"n{i}")));
        }
    }

    [Fact]
    public void The_objects_that_every_cluster_has_are_made_once()
    {
        foreach (var (resource, place) in new[] { (GroupVersionResource.Namespaces, null), (GroupVersionResource.Services, "default"), (GroupVersionResource.Endpoints, "default"), (GroupVersionResource.EndpointSlices, (string?)"default") })
        {
            var listed = ListAt(_first, resource, place);
            Ready(Server($"again-{resource.Resource}"));
            ListAt(_second, resource, place).Items.Select(item => item.ToString()).ShouldBe(listed.Items.Select(item => item.ToString()));
        }
    }

    [Fact]
    public void Services_that_both_servers_write_at_the_same_time_never_share_an_address()
    {
        var writes = 40;
        for (var i = 0; i < writes; i++)
        {
            (i % 3 == 0 ? _first : _second).Tell(
                Make(GroupVersionResource.Services, new Service { Metadata = new ObjectMeta { Name = $"s{i}" }, Spec = new ServiceSpec { Type = ServiceType.NodePort, Ports = [new ServicePort { Port = 80, Protocol = "TCP" }] } }, "shared"), TestActor);
            if (i == 20) Move("services");
        }
        for (var i = 0; i < writes; i++) Made(ExpectMsg<ApiReply>(TimeSpan.FromSeconds(30)));
        var services = ListAt(_first, GroupVersionResource.Services).Items.Select(item => item.As<Service>().Spec).ToList();
        services.Count.ShouldBe(writes);
        services.Select(spec => spec.ClusterIP).ShouldBeUnique();
        services.Select(spec => spec.Ports[0].NodePort).ShouldBeUnique();
    }
}
