using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Network.Dns;
using AkkaKube.Tests;

namespace AkkaKube.Network.Tests.Dns;

public class DnsServiceTests : TestKit
{
    public DnsServiceTests()
        : base(ReferenceConf.With("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\""))
    {
    }

    [Fact]
    public void The_Service_is_tried_until_its_namespace_is_there()
    {
        var actor = Sys.ActorOf(DnsService.Props(TestActor, "10.96.0.10"));
        var create = ExpectMsg<Create>();
        (create.Namespace, ((Service)create.Object.Object!).Spec.ClusterIP).ShouldBe(("kube-system", "10.96.0.10"));
        actor.Tell(new Failed(create.Tag, new Api.Meta.V1.Status { Code = 404, Reason = "NotFound" }));
        AwaitAssert(() =>
        {
            ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(1));
            ExpectMsg<Create>(TimeSpan.FromMilliseconds(50));
        });
        Watch(actor);
        actor.Tell(new Succeeded(null, ApiObject.Of(create.Object.Object!), []));
        FishForMessage<Terminated>(t => t.ActorRef.Equals(actor));
    }

    [Fact]
    public void A_Service_that_is_there_already_is_left_as_it_is()
    {
        var actor = Sys.ActorOf(DnsService.Props(TestActor, "10.96.0.10"));
        ExpectMsg<Create>();
        Watch(actor);
        actor.Tell(new Failed(null, new Api.Meta.V1.Status { Code = 409, Reason = "AlreadyExists" }));
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_host_that_is_second_finds_the_Service_although_it_is_told_that_the_address_is_taken()
    {
        var actor = Sys.ActorOf(DnsService.Props(TestActor, "10.96.0.10"));
        var create = ExpectMsg<Create>();
        Watch(actor);
        actor.Tell(new Failed(create.Tag, new Api.Meta.V1.Status { Code = 422, Reason = "Invalid", Message = "provided IP is already allocated" }));
        var get = ExpectMsg<Get>();
        (get.Namespace, get.Name).ShouldBe(("kube-system", "kube-dns"));
        actor.Tell(new Failed(get.Tag, new Api.Meta.V1.Status { Code = 404, Reason = "NotFound" }));
        AwaitAssert(() =>
        {
            ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(1));
            create = ExpectMsg<Create>(TimeSpan.FromMilliseconds(50));
        });
        actor.Tell(new Failed(create.Tag, new Api.Meta.V1.Status { Code = 422, Reason = "Invalid" }));
        actor.Tell(new Succeeded(ExpectMsg<Get>().Tag, ApiObject.Of(create.Object.Object!), []));
        ExpectTerminated(actor);
    }
}
