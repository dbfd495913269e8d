using System.Net;
using System.Security.Cryptography.X509Certificates;
using AkkaKube.ApiServer.Certificates;

namespace AkkaKube.ApiServer.Tests.Certificates;

public sealed class HostCertificateTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private readonly string _folder = Directory.CreateTempSubdirectory("akkakube-hosts").FullName;
    private readonly Dictionary<string, byte[]> _shared = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Hosts_share_the_authority_and_the_admin_and_each_has_certificates_of_its_own()
    {
        var (first, second) = (await Get("h1", "10.0.0.1"), await Get("h2", "10.0.0.2"));
        second.Cluster.Authority.ShouldBe(first.Cluster.Authority);
        second.Cluster.Admin.ShouldBe(first.Cluster.Admin);
        second.Cluster.Admin.HasPrivateKey.ShouldBeTrue();
        second.Cluster.Server.ShouldNotBe(first.Cluster.Server);
        _shared.Keys.Order().ShouldBe(["pki/admin", "pki/ca"]);
    }

    [Fact]
    public async Task The_servers_certificate_names_the_host_its_address_the_loopback_and_the_service()
    {
        var server = (await Get("h1", "10.0.0.1")).Cluster.Server;
        var names = server.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        names.EnumerateDnsNames().ShouldBe(["h1", "localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"]);
        names.EnumerateIPAddresses().Select(a => a.ToString()).ShouldBe(["10.0.0.1", "127.0.0.1", "::1", "10.96.0.1"]);
    }

    [Fact]
    public async Task A_host_proves_by_one_certificate_who_it_is_as_server_and_as_client()
    {
        var host = await Get("h1", "127.0.0.1");
        var uses = host.Remoting.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<System.Security.Cryptography.Oid>().Select(o => o.Value);
        uses.ShouldBe(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
        host.Remoting.HasPrivateKey.ShouldBeTrue();
        IsValid(host.Remoting, host.Cluster.Authority, Now).ShouldBeTrue();
    }

    [Theory]
    [InlineData(-300)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(300)]
    public async Task Hosts_whose_clocks_are_days_apart_believe_each_other(int days)
    {
        var (right, wrong) = (await Get("h1", "10.0.0.1"), await Get("h2", "10.0.0.2", Now.AddDays(days)));
        IsValid(wrong.Remoting, right.Cluster.Authority, Now).ShouldBeTrue();
        IsValid(right.Remoting, right.Cluster.Authority, Now.AddDays(days)).ShouldBeTrue();
        IsValid(right.Cluster.Admin, right.Cluster.Authority, Now.AddDays(days)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_folder_gets_what_a_cluster_of_one_process_has_there()
    {
        var made = await Get("h1", "127.0.0.1");
        var read = ClusterCertificates.LoadOrCreate(Path.Combine(_folder, "h1"), Now);
        read.Authority.ShouldBe(made.Cluster.Authority);
        read.Admin.ShouldBe(made.Cluster.Admin);
        read.Server.ShouldBe(made.Cluster.Server);
    }

    private static bool IsValid(X509Certificate2 certificate, X509Certificate2 authority, DateTimeOffset at)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        return chain.Build(certificate);
    }

    private Task<HostCertificates> Get(string name, string address, DateTimeOffset? now = null) => HostCertificates.Get(Path.Combine(_folder, name), name, IPAddress.Parse(address), Shared, now ?? Now);

    private Task<byte[]> Shared(string name, Func<byte[]> make)
    {
        if (!_shared.TryGetValue(name, out var content)) _shared[name] = content = make();
        return Task.FromResult(content);
    }
}
