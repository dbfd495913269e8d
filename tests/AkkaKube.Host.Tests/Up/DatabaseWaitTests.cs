using System.Net;
using AkkaKube.ApiServer.Certificates;
using AkkaKube.Host.Up;
using AkkaKube.Persistence;
using AkkaKube.Tests;

namespace AkkaKube.Host.Tests.Up;

public sealed class DatabaseWaitTests
{
    private readonly TaskCompletionSource _stop = new();
    private readonly DatabaseWait _wait = new("the database", "h1", new Progress(TextWriter.Null, onTerminal: false), _ => Task.CompletedTask);

    [Fact]
    public async Task What_needs_the_database_is_tried_again_until_it_is_there()
    {
        var tries = 0;
        (await _wait.For(_stop.Task, () => ++tries < 3 ? throw new DatabaseUnreachableException("away") : Task.FromResult("done"))).ShouldBe("done");
        tries.ShouldBe(3);
    }

    [Fact]
    public async Task A_stop_ends_the_wait()
    {
        var waiting = _wait.For<string>(_stop.Task, () => throw new DatabaseUnreachableException("away"));
        _stop.SetResult();
        (await waiting).ShouldBeNull();
    }

    [Fact]
    public async Task A_stop_ends_a_try_that_blocks()
    {
        using var end = new ManualResetEventSlim();
        var waiting = _wait.For(_stop.Task, () =>
        {
            end.Wait();
            return Task.FromResult("late");
        });
        _stop.SetResult();
        (await waiting).ShouldBeNull();
        end.Set();
    }

    [Fact]
    public async Task Any_other_failure_is_the_callers() =>
        await Should.ThrowAsync<JournalCorruptException>(() => _wait.For<string>(_stop.Task, () => throw new JournalCorruptException("damaged")));

    [Fact]
    public async Task Clients_are_sent_elsewhere_meanwhile()
    {
        var folder = Directory.CreateTempSubdirectory("akkakube-wait").FullName;
        var certificates = ClusterCertificates.LoadOrCreate(folder, DateTimeOffset.UtcNow);
        await using (var room = await WaitingRoom.Open(ReferenceConf.With(""), certificates, new IPEndPoint(IPAddress.Loopback, 0), "it cannot reach the database"))
        {
            using var handler = new SocketsHttpHandler();
            handler.SslOptions.RemoteCertificateValidationCallback = (_, server, _, _) => server!.GetCertHashString() == certificates.Server.GetCertHashString();
            handler.SslOptions.ClientCertificates = [System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadPkcs12(certificates.Admin.Export(System.Security.Cryptography.X509Certificates.X509ContentType.Pkcs12), null)];
            using var client = new HttpClient(handler) { BaseAddress = new Uri($"https://{room.Endpoint}") };
            var list = await client.GetAsync(new Uri("/api/v1/pods", UriKind.Relative));
            list.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await list.Content.ReadAsStringAsync()).ShouldContain("it cannot reach the database");
            var ready = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
            ready.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
            (await ready.Content.ReadAsStringAsync()).ShouldContain("[-]cluster failed: it cannot reach the database");
            (await client.GetAsync(new Uri("/livez", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        Directory.Delete(folder, recursive: true);
    }
}
