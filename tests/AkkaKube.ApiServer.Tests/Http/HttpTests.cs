using System.IO.Compression;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.ApiServer.Certificates;
using AkkaKube.ApiServer.Http;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Tests.Http;

public sealed class HttpTests : ApiServerTest, IAsyncLifetime
{
    private const string Maps = "/api/v1/namespaces/test/configmaps";
    private const string Pods = "/api/v1/namespaces/test/pods";
    private const string OneMap = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"k":"v"}}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("akkakube-http").FullName;
    private ClusterCertificates _certificates = null!;
    private HttpFrontEnd _server = null!;
    private HttpClient _client = null!;
    private volatile string? _hindrance;

    public HttpTests() : base("akkakube.apiserver { handshake-timeout = 500ms, watch-buffer = 20, history-events = 50, shutdown-timeout = 60s }") { }

    public async Task InitializeAsync()
    {
        _certificates = ClusterCertificates.LoadOrCreate(_folder, DateTimeOffset.UtcNow);
        _server = await HttpFrontEnd.Start(Sys, ApiServer, Settings, _certificates, new IPEndPoint(IPAddress.Loopback, 0), new Random(1), () => _hindrance);
        _client = ClientOf(_certificates.Admin);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private HttpClient ClientOf(X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, server, _, _) => Trusted(server!) } };
        if (certificate is not null) handler.SslOptions.ClientCertificates = [X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null)];
        return new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{_server.Endpoint.Port}"), Timeout = TimeSpan.FromSeconds(20) };
    }

    private bool Trusted(X509Certificate server)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_certificates.Authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(new X509Certificate2(server));
    }

    [Fact]
    public async Task A_host_that_cannot_serve_says_so_and_when_to_come_back_and_serves_again()
    {
        _hindrance = "it has not heard from the database for 4 s";
        var refused = await _client.GetAsync(new Uri(Maps, UriKind.Relative));
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        var status = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!;
        (status["kind"]!.GetValue<string>(), status["reason"]!.GetValue<string>()).ShouldBe(("Status", "ServiceUnavailable"));
        status["message"]!.GetValue<string>().ShouldBe("this host cannot serve now: it has not heard from the database for 4 s");

        var ready = await _client.GetAsync(new Uri("/readyz", UriKind.Relative));
        ready.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await ready.Content.ReadAsStringAsync()).ShouldContain("[-]cluster failed: it has not heard from the database for 4 s\n");
        (await _client.GetAsync(new Uri("/livez", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _client.GetAsync(new Uri("/version", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);

        _hindrance = null;
        (await _client.GetAsync(new Uri(Maps, UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _client.GetAsync(new Uri("/readyz", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<(HttpStatusCode Code, JsonNode Body)> Send(HttpMethod method, string path, string? body = null, string type = "application/json", string accept = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body);
            request.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        }
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await _client.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    [Fact]
    public async Task An_object_goes_in_as_JSON_or_YAML_and_comes_out_in_every_form()
    {
        (await Send(HttpMethod.Post, Maps, OneMap)).Code.ShouldBe(HttpStatusCode.Created);
        (await Send(HttpMethod.Post, Maps, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: {k: |-\n  v}\n", "application/yaml")).Code.ShouldBe(HttpStatusCode.BadRequest);
        (await Send(HttpMethod.Post, Maps, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata:\n  k: v\n", "application/yaml")).Code.ShouldBe(HttpStatusCode.Created);
        (await Send(HttpMethod.Get, Maps + "/a")).Body["data"]!["k"]!.GetValue<string>().ShouldBe("v");
        var table = (await Send(HttpMethod.Get, Maps, accept: "application/json;as=Table;v=v1;g=meta.k8s.io")).Body;
        table["kind"]!.GetValue<string>().ShouldBe("Table");
        table["rows"]!.AsArray().Count.ShouldBe(2);
        var partial = (await Send(HttpMethod.Get, Maps + "/a", accept: "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io")).Body;
        partial["kind"]!.GetValue<string>().ShouldBe("PartialObjectMetadata");
        partial["data"].ShouldBeNull();
        using var yaml = new HttpRequestMessage(HttpMethod.Get, Maps + "/a");
        yaml.Headers.TryAddWithoutValidation("Accept", "application/yaml");
        (await (await _client.SendAsync(yaml)).Content.ReadAsStringAsync()).ShouldContain("data:\n  k: v\n");
    }

    [Fact]
    public async Task Items_of_a_list_go_without_their_kind()
    {
        await Send(HttpMethod.Post, Maps, OneMap);
        var list = (await Send(HttpMethod.Get, Maps)).Body;
        list["kind"]!.GetValue<string>().ShouldBe("ConfigMapList");
        list["items"]![0]!["kind"].ShouldBeNull();
        list["items"]![0]!["metadata"]!["name"]!.GetValue<string>().ShouldBe("a");
        (await Send(HttpMethod.Get, "/api/v1/namespaces/default/configmaps")).Body["items"]!.AsArray().Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("GET", "/api/v1/namespaces/test/nonsense", null, "application/json", 404, "the server could not find the requested resource")]
    [InlineData("GET", "/api/v1/namespaces/test/configmaps/absent", null, "application/json", 404, "configmaps \"absent\" not found")]
    [InlineData("POST", "/api/v1/namespaces/test/configmaps/a", OneMap, "application/json", 405, "the server does not allow this method on the requested resource")]
    [InlineData("POST", Maps, OneMap, "text/plain", 415, "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf")]
    [InlineData("PATCH", "/api/v1/namespaces/test/configmaps/a", "{}", "application/json", 415, "415: Unsupported Media Type")]
    [InlineData("POST", Maps, "{not json", "application/json", 400, "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: invalid character 'n' looking for beginning of object key string ({not json)")]
    [InlineData("GET", Maps + "?limit=x", null, "application/json", 400, "strconv.ParseInt: parsing \"x\": invalid syntax")]
    [InlineData("GET", Maps + "?resourceVersionMatch=Exact", null, "application/json", 422, "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided")]
    [InlineData("POST", Maps + "?dryRun=Some", OneMap, "application/json", 422, "CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: [\"Some\"]: supported values: \"All\"")]
    public async Task A_bad_request_gets_the_Status_of_Kubernetes(string method, string path, string? body, string type, int code, string message)
    {
        var answer = await Send(new HttpMethod(method), path, body, type);
        ((int)answer.Code).ShouldBe(code);
        answer.Body["message"]!.GetValue<string>().ShouldBe(message);
        answer.Body["code"]!.GetValue<int>().ShouldBe(code);
    }

    [Fact]
    public async Task A_form_that_the_server_does_not_have_is_not_acceptable() =>
        (await Send(HttpMethod.Get, Maps, accept: "image/png")).Code.ShouldBe(HttpStatusCode.NotAcceptable);

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        var answer = await Send(HttpMethod.Post, Maps, "{\"data\":\"" + new string('x', 3 * 1024 * 1024) + "\"}");
        answer.Code.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        answer.Body["message"]!.GetValue<string>().ShouldBe("Request entity too large: limit is 3145728");
    }

    [Fact]
    public async Task Nobody_gets_in_without_a_certificate_of_the_cluster()
    {
        using var anonymous = ClientOf(null);
        (await anonymous.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await anonymous.GetAsync("/version")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var refused = await anonymous.GetAsync(Maps);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["message"]!.GetValue<string>()
            .ShouldBe("configmaps is forbidden: User \"system:anonymous\" cannot list resource \"configmaps\" in API group \"\" in the namespace \"test\"");
        using var stranger = ClientOf(CertificateAuthority.Create(DateTimeOffset.UtcNow).IssueClient("kubernetes-admin", ["system:masters"]));
        (await stranger.GetAsync(Maps)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_server_says_how_it_is()
    {
        (await _client.GetStringAsync("/readyz")).ShouldBe("ok");
        (await _client.GetStringAsync("/livez?verbose")).ShouldEndWith("livez check passed\n");
        (await _client.GetAsync("/nothing/here")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        JsonNode.Parse(await _client.GetStringAsync("/version"))!["gitVersion"]!.GetValue<string>().ShouldBe("v1.36.2+akkakube");
        JsonNode.Parse(await _client.GetStringAsync("/apis"))!["groups"]!.AsArray().Count.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task A_large_answer_is_compressed_for_who_can_read_it()
    {
        for (var i = 0; i < 20; i++) Made(Make(GroupVersionResource.ConfigMaps, Map($"m{i}", new string('x', 10_000))));
        using var request = new HttpRequestMessage(HttpMethod.Get, Maps);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        using var response = await _client.SendAsync(request);
        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        await using var unzipped = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        JsonNode.Parse(unzipped)!["items"]!.AsArray().Count.ShouldBe(20);
    }

    [Fact]
    public async Task A_warning_is_a_header()
    {
        using var body = new StringContent("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"w"},"nonsense":1}""", Encoding.UTF8, "application/json");
        using var response = await _client.PostAsync(Maps + "?fieldValidation=Warn", body);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.NonValidated["Warning"].ToString().ShouldBe("299 - \"unknown field \\\"nonsense\\\"\"");
    }

    private async Task<StreamReader> Follow(string path)
    {
        var response = await _client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    private static async Task<(string Type, JsonNode Object)> NextEvent(StreamReader watch)
    {
        var line = JsonNode.Parse((await watch.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)))!)!;
        return (line["type"]!.GetValue<string>(), line["object"]!);
    }

    [Fact]
    public async Task A_watch_streams_what_happens_until_its_time_is_over()
    {
        using var watch = await Follow(Maps + "?watch=true&timeoutSeconds=1");
        Made(Make(GroupVersionResource.ConfigMaps, Map("a")));
        Made(Remove(GroupVersionResource.ConfigMaps, "a"));
        (await NextEvent(watch)).Type.ShouldBe("ADDED");
        (await NextEvent(watch)).Type.ShouldBe("DELETED");
        (await watch.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeNull("the stream ends in order");
    }

    [Fact]
    public async Task A_watch_from_a_forgotten_revision_says_so()
    {
        var made = Made(Make(GroupVersionResource.ConfigMaps, Map("a")));
        for (var i = 0; i < 60; i++) Made(Replace(GroupVersionResource.ConfigMaps, Map("a", i.ToString())));
        using var watch = await Follow($"{Maps}?watch=true&resourceVersion={made.ResourceVersion}");
        var (type, status) = await NextEvent(watch);
        type.ShouldBe("ERROR");
        status["code"]!.GetValue<int>().ShouldBe(410);
        status["reason"]!.GetValue<string>().ShouldBe("Expired");
    }

    [Fact]
    public async Task A_watch_prints_tables_with_the_columns_once()
    {
        Made(Make(GroupVersionResource.ConfigMaps, Map("a")));
        using var request = new HttpRequestMessage(HttpMethod.Get, Maps + "?watch=true");
        request.Headers.TryAddWithoutValidation("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var watch = new StreamReader(await response.Content.ReadAsStreamAsync());
        (await NextEvent(watch)).Object["columnDefinitions"]!.AsArray().Count.ShouldBe(3);
        Made(Make(GroupVersionResource.ConfigMaps, Map("b")));
        (await NextEvent(watch)).Object["columnDefinitions"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_client_that_stops_reading_its_watch_is_dropped_and_hurts_nobody()
    {
        using var socket = new TcpClient { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(_server.Endpoint);
        await using var tls = new SslStream(socket.GetStream(), false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", ClientCertificates = [X509CertificateLoader.LoadPkcs12(_certificates.Admin.Export(X509ContentType.Pkcs12), null)] });
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"GET {Maps}?watch=true HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        using var healthy = await Follow(Maps + "?watch=true");
        var large = new string('x', 400_000);
        Made(Make(GroupVersionResource.ConfigMaps, Map("a", large)));
        for (var i = 0; i < 60; i++)
        {
            Made(Replace(GroupVersionResource.ConfigMaps, Map("a", large + i)));
            (await NextEvent(healthy)).Object["metadata"]!["name"]!.GetValue<string>().ShouldBe("a");
        }
        var buffer = new byte[64 * 1024];
        var total = 0L;
        try
        {
            while (await tls.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(10)) is > 0 and var read) total += read;
        }
        catch (IOException)
        {
            // Cut off by the server.
        }
        total.ShouldBeLessThan(50L * 400_000, "the stream was cut while the client did not read");
    }

    [Fact]
    public async Task Half_a_handshake_is_dropped_and_others_are_served()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_server.Endpoint);
        await socket.GetStream().WriteAsync(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00, 0x01 });
        (await _client.GetStringAsync("/healthz")).ShouldBe("ok");
        (await socket.GetStream().ReadAsync(new byte[16]).AsTask().WaitAsync(TimeSpan.FromSeconds(10))).ShouldBe(0);
    }

    [Fact]
    public async Task Both_versions_of_HTTP_are_spoken()
    {
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz") { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            using var response = await _client.SendAsync(request);
            response.Version.ShouldBe(version);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_log_is_streamed_as_text()
    {
        var kubelet = CreateTestProbe();
        Kubelets.Refs["node-1"] = kubelet;
        Made(Make(GroupVersionResource.Pods, Pod("p") with { Spec = Pod("p").Spec with { NodeName = "node-1" } }));
        var answer = _client.GetStringAsync($"{Pods}/p/log?tailLines=10");
        var read = kubelet.ExpectMsg<ReadLog>();
        read.TailLines.ShouldBe(10);
        kubelet.Reply(new LogChunk(read.Tag, "hello "u8.ToArray(), End: false));
        kubelet.Reply(new LogChunk(read.Tag, "world\n"u8.ToArray(), End: true));
        (await answer).ShouldBe("hello world\n");
    }

    [Fact]
    public async Task A_stopping_server_ends_its_watches_and_finishes_its_requests()
    {
        using var watch = await Follow(Maps + "?watch=true");
        var stopped = _server.Stop();
        (await watch.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeNull();
        await stopped.WaitAsync(TimeSpan.FromSeconds(10));
        await Should.ThrowAsync<Exception>(() => ClientOf(_certificates.Admin).GetAsync("/healthz"), "nobody listens any more");
    }

    [Fact]
    public async Task A_server_whose_host_was_declared_dead_waits_for_no_request()
    {
        var body = new Unfinished();
        var waiting = _client.PostAsync(Maps, body);
        await body.Begun.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await _server.Abort().WaitAsync(TimeSpan.FromSeconds(30));
        body.End.SetResult();
        await Should.ThrowAsync<HttpRequestException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    /// <summary>A body of which the first byte comes, and no more for long.</summary>
    private sealed class Unfinished : HttpContent
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("{"u8.ToArray());
            await stream.FlushAsync();
            Begun.SetResult();
            await End.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    [Fact]
    public async Task Reads_over_HTTP_see_every_acknowledged_write_of_many_writers()
    {
        Made(Make(GroupVersionResource.ConfigMaps, Map("n", "0")));
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                (await Send(HttpMethod.Patch, Maps + "/n", $$$"""{"data":{"w{{{writer}}}":"{{{i}}}"}}""", "application/merge-patch+json")).Code.ShouldBe(HttpStatusCode.OK);
                (await Send(HttpMethod.Get, Maps + "/n")).Body["data"]![$"w{writer}"]!.GetValue<string>().ShouldBe(i.ToString());
                (await Send(HttpMethod.Get, Maps + "?fieldSelector=metadata.name%3Dn")).Body["items"]![0]!["data"]![$"w{writer}"]!.GetValue<string>().ShouldBe(i.ToString());
            }
        }));
        await Task.WhenAll(writers);
    }
}
