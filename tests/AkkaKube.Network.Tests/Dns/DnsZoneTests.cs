using AkkaKube.Network.Dns;
using static AkkaKube.Network.Tests.Objects;

namespace AkkaKube.Network.Tests.Dns;

public class DnsZoneTests
{
    private static readonly DnsZone Zone = MakeZone();

    private static DnsZone MakeZone()
    {
        var web = Service("web", "10.96.0.7", ("http", 80, 0));
        var headless = Service("db", "None", ("sql", 5432, 0));
        var outside = Service("outside", "", ("", 80, 0));
        outside = outside with { Spec = outside.Spec with { Type = "ExternalName", ExternalName = "example.org" } };
        var alias = outside with { Metadata = outside.Metadata with { Name = "alias" }, Spec = outside.Spec with { ExternalName = "web.default.svc.cluster.local" } };
        var empty = Service("empty", "None", ("", 80, 0));
        return new DnsZone("cluster.local",
        [
            ServiceNames.Derive(web, [Slice("web", [("http", 8080)], Ready("10.244.1.2", "a"))]),
            ServiceNames.Derive(headless, [Slice("db", [("sql", 5432)], Ready("10.244.1.3", "a", "db-0"), Ready("10.244.2.3", "b"), NotReady("10.244.3.3", "c"))]),
            ServiceNames.Derive(outside, []),
            ServiceNames.Derive(alias, []),
            ServiceNames.Derive(empty, []),
        ]);
    }

    private static string Show(DnsAnswer answer) =>
        answer.Code == DnsCode.NxDomain ? "NXDOMAIN" : string.Join(' ', answer.Records.Select(r => r.Type == DnsType.Srv ? $"{r.Port}:{r.Data}" : r.Type == DnsType.Cname ? "->" + r.Data : r.Data));

    [Theory]
    [InlineData("web.default.svc.cluster.local", DnsType.A, "10.96.0.7")]
    [InlineData("WEB.default.svc.cluster.local.", DnsType.A, "10.96.0.7")]
    [InlineData("web.default.svc.cluster.local", DnsType.Aaaa, "")]
    [InlineData("web.other.svc.cluster.local", DnsType.A, "NXDOMAIN")]
    [InlineData("web.default.svc", DnsType.A, "NXDOMAIN")]
    [InlineData("db.default.svc.cluster.local", DnsType.A, "10.244.1.3 10.244.2.3")]
    [InlineData("db-0.db.default.svc.cluster.local", DnsType.A, "10.244.1.3")]
    [InlineData("10-244-2-3.db.default.svc.cluster.local", DnsType.A, "10.244.2.3")]
    [InlineData("10-244-3-3.db.default.svc.cluster.local", DnsType.A, "NXDOMAIN")]
    [InlineData("empty.default.svc.cluster.local", DnsType.A, "NXDOMAIN")]
    [InlineData("_http._tcp.web.default.svc.cluster.local", DnsType.Srv, "80:web.default.svc.cluster.local")]
    [InlineData("_sql._tcp.db.default.svc.cluster.local", DnsType.Srv, "5432:db-0.db.default.svc.cluster.local 5432:10-244-2-3.db.default.svc.cluster.local")]
    [InlineData("_sql._udp.db.default.svc.cluster.local", DnsType.Srv, "NXDOMAIN")]
    [InlineData("outside.default.svc.cluster.local", DnsType.A, "->example.org")]
    [InlineData("alias.default.svc.cluster.local", DnsType.A, "->web.default.svc.cluster.local 10.96.0.7")]
    [InlineData("10-244-1-2.default.pod.cluster.local", DnsType.A, "10.244.1.2")]
    [InlineData("7.0.96.10.in-addr.arpa", DnsType.Ptr, "web.default.svc.cluster.local")]
    [InlineData("3.1.244.10.in-addr.arpa", DnsType.Ptr, "db-0.db.default.svc.cluster.local")]
    [InlineData("8.0.96.10.in-addr.arpa", DnsType.Ptr, "NXDOMAIN")]
    [InlineData("default.svc.cluster.local", DnsType.A, "")]
    [InlineData("example.org", DnsType.A, "NXDOMAIN")]
    public void A_name_answers_as_the_DNS_specification_of_Kubernetes_says(string name, DnsType type, string answer) => Show(Zone.Answer(name, type)).ShouldBe(answer);
}
