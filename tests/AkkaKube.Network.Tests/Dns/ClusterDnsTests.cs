using Akka.Actor;
using Akka.TestKit.Xunit2;
using AkkaKube.Fabric;
using AkkaKube.Network.Dns;
using AkkaKube.Network.Proxy;
using AkkaKube.Network.Services;
using static AkkaKube.Network.Tests.Objects;

namespace AkkaKube.Network.Tests.Dns;

public class ClusterDnsTests : TestKit
{
    private static readonly string[] Search = ["default.svc.cluster.local", "svc.cluster.local", "cluster.local"];

    private IActorRef Dns()
    {
        var fabric = CreateTestProbe();
        var services = CreateTestProbe();
        var dns = Sys.ActorOf(ClusterDns.Props(fabric, services, "cluster.local", new Random(1)));
        fabric.ExpectMsg<FabricActor.SetResolver>().Resolver.ShouldBe(dns);
        services.ExpectMsg<ServiceWatcher.Subscribe>();
        dns.Tell(new ServiceView(RuleTable.Empty, new DnsZone("cluster.local", [ServiceNames.Derive(Service("web", "10.96.0.7", ("http", 80, 0)), [])]), []));
        return dns;
    }

    [Theory]
    [InlineData("web")]
    [InlineData("web.default")]
    [InlineData("web.default.svc")]
    [InlineData("web.default.svc.cluster.local")]
    [InlineData("web.default.svc.cluster.local.")]
    public void A_short_name_is_found_by_the_search_domains(string name)
    {
        Dns().Tell(new FabricActor.Resolve(name, Search) { Tag = 7 }, TestActor);
        var found = ExpectMsg<FabricActor.Resolved>();
        found.Values.ShouldBe(["10.96.0.7"]);
        found.Name.ShouldBe("web.default.svc.cluster.local");
        found.Tag.ShouldBe(7);
    }

    [Fact]
    public void A_named_port_answers_with_priority_weight_port_and_target()
    {
        Dns().Tell(new FabricActor.Resolve("_http._tcp.web", Search) { Type = FabricActor.RecordType.Srv }, TestActor);
        ExpectMsg<FabricActor.Resolved>().Values.ShouldBe(["0 100 80 web.default.svc.cluster.local"]);
    }

    [Fact]
    public void A_name_that_is_nowhere_does_not_exist()
    {
        Dns().Tell(new FabricActor.Resolve("nowhere", Search) { Tag = 8 }, TestActor);
        var not = ExpectMsg<FabricActor.NotResolved>();
        not.Reason.ShouldBe(FabricActor.ResolveFailure.NoSuchName);
        not.Tag.ShouldBe(8);
    }
}
