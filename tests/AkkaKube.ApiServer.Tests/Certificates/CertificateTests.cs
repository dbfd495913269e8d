using System.Security.Cryptography.X509Certificates;
using AkkaKube.ApiServer.Certificates;
using AkkaKube.ApiServer.Http;

namespace AkkaKube.ApiServer.Tests.Certificates;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class CertificateTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private readonly string _folder = Directory.CreateTempSubdirectory("akkakube-pki").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Certificates_are_made_once_and_read_again()
    {
        var first = ClusterCertificates.LoadOrCreate(_folder, Now);
        var second = ClusterCertificates.LoadOrCreate(_folder, Now.AddDays(1));
        second.Authority.Thumbprint.ShouldBe(first.Authority.Thumbprint);
        second.Server.Thumbprint.ShouldBe(first.Server.Thumbprint);
        second.Admin.Thumbprint.ShouldBe(first.Admin.Thumbprint);
        second.Admin.HasPrivateKey.ShouldBeTrue();
    }

    [Fact]
    public void Keys_are_for_their_owner_alone()
    {
        ClusterCertificates.LoadOrCreate(_folder, Now);
        foreach (var file in Directory.GetFiles(Path.Combine(_folder, "pki"))) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void The_admin_is_who_the_certificate_says_and_a_strangers_certificate_proves_nothing()
    {
        var certificates = ClusterCertificates.LoadOrCreate(_folder, Now);
        var authenticator = new Authenticator(certificates.Authority);
        var admin = authenticator.Authenticate(X509CertificateLoader.LoadCertificate(certificates.Admin.RawData), hasToken: false)!;
        admin.Name.ShouldBe("kubernetes-admin");
        admin.Groups.ShouldBe(["system:masters", "system:authenticated"]);
        var stranger = CertificateAuthority.Create(Now).IssueClient("kubernetes-admin", ["system:masters"]);
        authenticator.Authenticate(stranger, hasToken: false).ShouldBeNull();
        authenticator.Authenticate(null, hasToken: true).ShouldBeNull();
        authenticator.Authenticate(null, hasToken: false)!.Name.ShouldBe("system:anonymous");
    }

    [Fact]
    public void The_server_is_known_by_its_names()
    {
        var server = ClusterCertificates.LoadOrCreate(_folder, Now).Server;
        server.MatchesHostname("127.0.0.1").ShouldBeTrue();
        server.MatchesHostname("localhost").ShouldBeTrue();
        server.MatchesHostname("kubernetes.default.svc").ShouldBeTrue();
        server.MatchesHostname("10.96.0.1").ShouldBeTrue();
        server.MatchesHostname("example.com").ShouldBeFalse();
    }

    [Fact]
    public void The_kubeconfig_holds_everything_kubectl_needs()
    {
        var path = Path.Combine(_folder, "kubeconfig");
        Kubeconfig.Write(path, "https://127.0.0.1:6443", "akkakube", ClusterCertificates.LoadOrCreate(_folder, Now));
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var text = File.ReadAllText(path);
        text.ShouldContain("server: https://127.0.0.1:6443");
        text.ShouldContain("current-context: \"akkakube\"");
    }

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("it: \"1\"")]
    public void A_context_may_have_any_name(string name)
    {
        var path = Path.Combine(_folder, "kubeconfig");
        Kubeconfig.Write(path, "https://127.0.0.1:6443", name, ClusterCertificates.LoadOrCreate(_folder, Now));
        var current = File.ReadAllLines(path).Single(line => line.StartsWith("current-context: ", StringComparison.Ordinal))["current-context: ".Length..];
        System.Text.Json.JsonDocument.Parse(current).RootElement.GetString().ShouldBe(name);
    }
}
