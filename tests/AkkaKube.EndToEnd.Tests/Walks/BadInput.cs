using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AkkaKube.EndToEnd.Tests.Harness;

namespace AkkaKube.EndToEnd.Tests.Walks;

/// <summary>What is wrong gets Kubernetes' own answer, and nobody else notices.</summary>
[Collection(SharedClusterCollection.Name)]
public sealed class BadInput(SharedCluster shared)
{
    [Theory]
    [InlineData("not: [valid", "error parsing")]
    [InlineData("apiVersion: v1\nkind: Nonsense\nmetadata: {name: x}\n", "no matches for kind \"Nonsense\" in version \"v1\"")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: Not_A_Label}\n", "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: c}]}\n", "spec.containers[0].image: Required value")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {k: 5}\n", "ConfigMap.data of type string")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\nunheardOf: 1\n", "unknown field \"unheardOf\"")]
    [InlineData("{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", }}", "error parsing")]
    [InlineData("apiVersion: v1\nkind: Service\nmetadata: {name: Web}\nspec: {ports: [{port: 80}]}\n", "a lowercase RFC 1123 label must consist of lower case alphanumeric characters")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: c, image: busybox, ports: [{containerPort: eighty}]}]}\n", "of type int32")]
    [InlineData("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {template: {spec: {containers: [{name: c, image: busybox}]}}}\n", "spec.selector: Required value")]
    public async Task Kubectl_shows_what_is_wrong_with_a_file(string file, string message)
    {
        var ns = await shared.NewNamespace();
        var refused = await shared.Cluster.Kubectl().Run($"-n {ns} create --validate=strict -f -", file);
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain(message);
    }

    [Fact]
    public async Task A_stale_write_conflicts_and_a_huge_or_broken_body_is_refused()
    {
        var ns = await shared.NewNamespace();
        using var admin = AdminClient.Of(shared.Cluster);
        var maps = new Uri($"/api/v1/namespaces/{ns}/configmaps", UriKind.Relative);
        var created = await Send(admin, HttpMethod.Post, maps, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"}}""");
        created.Code.ShouldBe(201);
        var stale = await Send(admin, HttpMethod.Put, new Uri(maps + "/x", UriKind.Relative), """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x","resourceVersion":"1"}}""");
        stale.Code.ShouldBe(409);
        stale.Body.GetProperty("reason").GetString().ShouldBe("Conflict");
        stale.Body.GetProperty("message").GetString().ShouldBe("Operation cannot be fulfilled on configmaps \"x\": the object has been modified; please apply your changes to the latest version and try again");

        var broken = await Send(admin, HttpMethod.Post, maps, "{not json");
        broken.Code.ShouldBe(400);
        broken.Body.GetProperty("kind").GetString().ShouldBe("Status");

        var huge = await Send(admin, HttpMethod.Post, maps, "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"big\"},\"data\":{\"k\":\"" + new string('x', 3_300_000) + "\"}}");
        huge.Code.ShouldBe(413);
        huge.Body.GetProperty("reason").GetString().ShouldBe("RequestEntityTooLarge");
        await StillServes();
    }

    [Fact]
    public async Task Half_a_handshake_harms_nobody()
    {
        using var half = new TcpClient();
        await half.ConnectAsync(shared.Cluster.Api.Host, shared.Cluster.Api.Port);
        await half.GetStream().WriteAsync(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00, 0x01 });
        await StillServes();

        // The rest of it never comes: the server hangs up.
        using var stop = new CancellationTokenSource(Command.Limit);
        (await HangsUp(half.GetStream(), stop.Token)).ShouldBeTrue();
        await StillServes();
    }

    [Fact]
    public async Task A_client_that_stops_reading_its_watch_is_dropped_and_harms_nobody()
    {
        var config = Path.Combine(Directory.CreateTempSubdirectory("akkakube-e2e-config-").FullName, "short.conf");
        await File.WriteAllTextAsync(config, "akkakube.apiserver.watch-buffer = 10\n");
        await using var cluster = await RunningCluster.Start(1, null, "--config", config);
        using var admin = AdminClient.Of(cluster);
        var maps = new Uri("/api/v1/namespaces/default/configmaps", UriKind.Relative);
        using var deaf = await admin.GetAsync(new Uri(maps + "?watch=true", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        var text = new string('y', 500_000);
        const int written = 100;
        for (var i = 0; i < written; i++)
        {
            var reply = await Send(admin, HttpMethod.Post, maps, JsonSerializer.Serialize(new { apiVersion = "v1", kind = "ConfigMap", metadata = new { name = $"cm-{i}" }, data = new { text } }));
            reply.Code.ShouldBe(201);
        }

        // What was on its way before comes still, then the end; who reads on from there with a new watch misses nothing.
        using var stop = new CancellationTokenSource(Command.Limit);
        using var reader = new StreamReader(await deaf.Content.ReadAsStreamAsync(stop.Token));
        var seen = 0;
        try
        {
            while (await reader.ReadLineAsync(stop.Token) is not null) seen++;
        }
        catch (IOException)
        {
            // A connection that is cut in the middle of an object.
        }

        seen.ShouldBeLessThan(written);
        (await cluster.Kubectl().Ok("get configmaps -o name")).Split('\n').Count(name => name.StartsWith("configmap/cm-", StringComparison.Ordinal)).ShouldBe(written);
    }

    private static async Task<bool> HangsUp(Stream stream, CancellationToken stop)
    {
        var buffer = new byte[1024];
        try
        {
            while (await stream.ReadAsync(buffer, stop) > 0)
            {
            }

            return true;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private async Task StillServes() => (await shared.Cluster.Kubectl().Ok("get nodes --no-headers")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);

    private static async Task<(int Code, JsonElement Body)> Send(HttpClient client, HttpMethod method, Uri path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        using var reply = await client.SendAsync(request);
        return ((int)reply.StatusCode, JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement);
    }
}
