using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.ApiServer.Bootstrap;
using AkkaKube.Client;
using AkkaKube.Client.Requests;
using AkkaKube.Etcd;

namespace AkkaKube.ApiServer.Tests.Services;

/// <summary>A write of a Service is carried out and its answer gets lost: what it took stays taken.</summary>
public sealed class UnknownOutcomeTests : ApiServerTest
{
    private readonly IActorRef _server;
    private readonly Faults _faults = new();

    public UnknownOutcomeTests()
    {
        var etcd = Sys.ActorOf(Props.Create(() => new LossyEtcd(Etcd, _faults)), "lossy");
        _server = Sys.ActorOf(ApiServerActor.Props(etcd, Settings, Kubelets, part => ClusterRandom.Of(Sys).Create($"lossy/{part}"), new BootstrapFacts("192.0.2.1", 6443)), "apiserver-lossy");
        _server.Tell(new ApiServerActor.AwaitReadiness(), TestActor);
        ExpectMsg<ApiServerActor.Readiness>(TimeSpan.FromSeconds(20));
    }

    private sealed class Faults
    {
        public volatile bool LosesNextAnswer;
    }

    /// <summary>The shards as they are, but for the answer to a write that is lost on demand.</summary>
    private sealed class LossyEtcd : ReceiveActor
    {
        public LossyEtcd(IActorRef etcd, Faults faults)
        {
            IActorRef client = ActorRefs.Nobody;
            Receive<EtcdActor.GetShard>(get =>
            {
                client = Sender;
                etcd.Tell(get);
            });
            Receive<EtcdActor.Shard>(shard => client.Tell(shard.Resource != "services"
                ? shard
                : shard with { Ref = Context.ActorOf(Props.Create(() => new LossyShard(shard.Ref, faults))) }));
        }
    }

    private sealed class LossyShard : ReceiveActor
    {
        public LossyShard(IActorRef shard, Faults faults) => ReceiveAny(message =>
        {
            if (!faults.LosesNextAnswer || message is not (EtcdShard.Put or EtcdShard.Delete))
            {
                shard.Forward(message);
                return;
            }
            faults.LosesNextAnswer = false;
            shard.Tell(message, ActorRefs.NoSender);
            Sender.Tell(new EtcdShard.Unavailable(((EtcdShard.Request)message).Tag, "the host is gone"));
        });
    }

    private ApiReply Create(string name, string? address = null)
    {
        _server.Tell(new Create(GroupVersionResource.Services, ObjectBody.Of(new Service
        {
            Metadata = new ObjectMeta { Name = name },
            Spec = new ServiceSpec { ClusterIP = address, ClusterIPs = address is null ? [] : [address], Ports = [new ServicePort { Port = 80, Protocol = "TCP" }] },
        }))
        { User = Admin, Namespace = Namespace }, TestActor);
        return ExpectMsg<ApiReply>(TimeSpan.FromSeconds(10));
    }

    private Service? Stored(string name) => (Read(GroupVersionResource.Services, name) as Succeeded)?.Object.As<Service>();

    [Fact]
    public void An_address_whose_write_may_have_been_carried_out_is_not_given_to_another()
    {
        _faults.LosesNextAnswer = true;
        Create("lost", "10.96.0.77").ShouldBeOfType<Failed>().Status.Code.ShouldBe(503);
        AwaitAssert(() => Stored("lost").ShouldNotBeNull(), TimeSpan.FromSeconds(20));
        Create("other", "10.96.0.77").ShouldBeOfType<Failed>().Status.Message!.ShouldContain("provided IP is already allocated");
    }

    [Fact]
    public void An_address_whose_service_may_be_gone_is_free_when_it_is()
    {
        Create("s", "10.96.0.78").ShouldBeOfType<Succeeded>();
        _faults.LosesNextAnswer = true;
        _server.Tell(new Delete(GroupVersionResource.Services, "s") { User = Admin, Namespace = Namespace }, TestActor);
        ExpectMsg<Failed>();
        // The answer comes before the shard has carried the write out.
        AwaitAssert(() => Stored("s").ShouldBeNull(), TimeSpan.FromSeconds(20));
        Create("again", "10.96.0.78").ShouldBeOfType<Succeeded>();
    }
}
