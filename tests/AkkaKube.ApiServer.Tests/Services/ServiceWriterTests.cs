using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.ApiServer.Bootstrap;
using AkkaKube.ApiServer.Services;
using AkkaKube.Client;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Tests.Services;

/// <summary>Two API servers on one storage, whose range of addresses has room for few Services.</summary>
public sealed class ServiceWriterTests : ApiServerTest
{
    private readonly IActorRef _first;
    private readonly IActorRef _second;
    private readonly Relay _singleton = new();

    public ServiceWriterTests() : base("akkakube.apiserver { service-range = \"10.96.0.0/29\" }")
    {
        var proxy = Sys.ActorOf(Props.Create(() => new RelayActor(_singleton)));
        (_first, _second) = (Server("first", proxy), Server("second", proxy));
        _singleton.Target = Sys.ActorOf(ServiceWriter.Props(_first), "writer-1");
    }

    [Fact]
    public void Services_written_through_two_servers_never_get_the_same_address()
    {
        var addresses = Enumerable.Range(0, 5).Select(i => AddressOf(Create(i % 2 == 0 ? _first : _second, $"s{i}"))).ToList();
        addresses.Distinct().Count().ShouldBe(5);
        // .0 and .7 are no addresses, .1 is the API server's.
        Create(_second, "one-too-many").ShouldBeOfType<Failed>();
    }

    [Fact]
    public void A_name_that_is_taken_costs_the_one_who_has_it_nothing()
    {
        var first = AddressOf(Create(_first, "s"));
        Create(_second, "s").ShouldBeOfType<Failed>().Status.Reason.ShouldBe("AlreadyExists");
        Enumerable.Range(0, 4).Select(i => AddressOf(Create(_first, $"s{i}"))).ShouldNotContain(first);
    }

    [Fact]
    public void The_reply_carries_the_clients_own_tag()
    {
        var tag = new object();
        _second.Tell(ServiceOf("tagged") with { Tag = tag }, TestActor);
        ExpectMsg<Succeeded>(TimeSpan.FromSeconds(20)).Tag.ShouldBeSameAs(tag);
    }

    [Fact]
    public void A_new_writer_on_another_host_knows_what_the_old_one_gave()
    {
        var before = Enumerable.Range(0, 3).Select(i => AddressOf(Create(_first, $"s{i}"))).ToList();
        Watch(_singleton.Target!);
        _singleton.Target!.Tell(ServiceWriter.Finish.Instance);
        ExpectTerminated(_singleton.Target!);
        _singleton.Target = Sys.ActorOf(ServiceWriter.Props(_second), "writer-2");
        var after = Enumerable.Range(3, 2).Select(i => AddressOf(Create(_first, $"s{i}"))).ToList();
        before.Concat(after).Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public void A_writer_does_not_wait_for_ever_for_a_storage_that_has_gone_before_it()
    {
        var (apiServer, storage) = (CreateTestProbe(), CreateTestProbe());
        var writer = Sys.ActorOf(ServiceWriter.Props(apiServer, TimeSpan.FromMilliseconds(100)));
        apiServer.ExpectMsg<ApiServerActor.GetServiceWorker>();
        // What it writes with never says that it has done what it had begun.
        apiServer.Reply(new ApiServerActor.ServiceWorker(Props.Create(() => new RelayActor(new Relay { Target = storage }))));
        Watch(writer);
        writer.Tell(ServiceWriter.Finish.Instance);
        storage.ExpectMsg<object>().GetType().Name.ShouldBe("Finish");
        ExpectTerminated(writer);
    }

    [Fact]
    public void A_write_that_no_writer_answers_is_not_available_for_now()
    {
        var gateway = Sys.ActorOf(ServiceWriterGateway.Props(CreateTestProbe(), Settings with { ServiceWriterTimeout = TimeSpan.FromMilliseconds(100) }));
        gateway.Tell(ServiceOf("lost") with { Tag = "mine" }, TestActor);
        NotAvailable(ExpectMsg<Failed>(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void What_a_writer_has_not_answered_when_it_is_gone_is_not_available_at_once()
    {
        var writer = CreateTestProbe();
        var gateway = Sys.ActorOf(ServiceWriterGateway.Props(writer, Settings with { ServiceWriterTimeout = TimeSpan.FromHours(1) }));
        writer.FishForMessage<ServiceWriter.WhoIsThere>(_ => true, TimeSpan.FromSeconds(20));
        writer.Reply(ServiceWriter.Here.Instance);
        gateway.Tell(ServiceOf("lost") with { Tag = "mine" }, TestActor);
        writer.FishForMessage<Create>(_ => true, TimeSpan.FromSeconds(20));
        Sys.Stop(writer.Ref);
        NotAvailable(ExpectMsg<Failed>(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void A_writer_says_that_it_is_there() => AwaitAssert(() =>
    {
        _singleton.Target!.Tell(ServiceWriter.WhoIsThere.Instance, TestActor);
        ExpectMsg<ServiceWriter.Here>(TimeSpan.FromSeconds(20));
        LastSender.ShouldBe(_singleton.Target);
    });

    private static void NotAvailable(Failed failed) => (failed.Status.Code, failed.Status.Details!.RetryAfterSeconds, failed.Tag).ShouldBe((503, 1, "mine"));

    private IActorRef Server(string name, IActorRef proxy)
    {
        var gateway = Sys.ActorOf(ServiceWriterGateway.Props(proxy, Settings), name + "-gateway");
        return Sys.ActorOf(ApiServerActor.Props(Etcd, Settings, Kubelets, part => ClusterRandom.Of(Sys).Create($"{name}/{part}"), new BootstrapFacts("192.0.2.1", 6443), gateway), name);
    }

    private ApiReply Create(IActorRef server, string name)
    {
        server.Tell(ServiceOf(name), TestActor);
        return ExpectMsg<ApiReply>(TimeSpan.FromSeconds(20));
    }

    private static Create ServiceOf(string name) => new(GroupVersionResource.Services, ObjectBody.Of(new Service
    {
        Metadata = new ObjectMeta { Name = name },
        Spec = new ServiceSpec { Ports = [new ServicePort { Port = 80, Protocol = "TCP" }] },
    }))
    { User = Admin, Namespace = Namespace };

    private static string AddressOf(ApiReply reply) => reply.ShouldBeOfType<Succeeded>().Object.As<Service>().Spec.ClusterIP!;

    private sealed class Relay
    {
        public IActorRef? Target { get; set; }
    }

    /// <summary>What a proxy of a singleton is to those who use it.</summary>
    private sealed class RelayActor : ReceiveActor
    {
        public RelayActor(Relay relay) => ReceiveAny(message => relay.Target?.Forward(message));
    }
}
