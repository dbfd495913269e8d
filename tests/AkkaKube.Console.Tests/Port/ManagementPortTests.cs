using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Akka.Event;

namespace AkkaKube.Console.Tests.Port;

public sealed class ManagementPortTests : ConsoleKit
{
    [Fact]
    public async Task A_command_is_answered_with_its_document()
    {
        await using var port = await OpenPort.Over(Console());
        (await port.Run("log", "level")).ShouldBe((200, """{"text":"WARNING"}"""));
        var (status, body) = await port.Run("cluster", "show");
        status.ShouldBe(200);
        JsonDocument.Parse(body).RootElement.GetProperty("columns")[0].GetString().ShouldBe("HOST");
    }

    [Fact]
    public async Task Hosts_that_start_at_the_same_moment_have_ports_of_their_own()
    {
        var console = Console();
        await using var first = await OpenPort.Over(console);
        var others = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => OpenPort.Over(console, first.Address.Port)));
        try
        {
            others.Select(p => p.Address.Port).Append(first.Address.Port).ShouldBeUnique();
            foreach (var port in others) (await port.Run("log", "level")).ShouldBe((200, """{"text":"WARNING"}"""));
        }
        finally
        {
            foreach (var port in others) await port.DisposeAsync();
        }

        // Nobody has it now, and all want it.
        var wanted = others[0].Address.Port;
        others = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => OpenPort.Over(console, wanted)));
        others.Select(p => p.Address.Port).ShouldBeUnique();
        foreach (var port in others)
        {
            // Each has a token of its own: the answer is its own too.
            (await port.Run("log", "level")).Status.ShouldBe(200);
            await port.DisposeAsync();
        }
    }

    [Fact]
    public async Task Whoever_has_no_token_learns_nothing()
    {
        await using var port = await OpenPort.Over(Console());
        foreach (var token in (string[])["", "wrong", port.Token + "x"])
        {
            var (status, body) = await port.Post(JsonContent.Create((string[])["log", "level"]), token);
            status.ShouldBe(401);
            body.ShouldContain("\"code\":\"unauthorized\"");
        }
    }

    [Theory]
    [InlineData("", 400, "bad-request")]
    [InlineData("{}", 400, "bad-request")]
    [InlineData("[\"log\"", 400, "bad-request")]
    [InlineData("[1,2]", 400, "bad-request")]
    [InlineData("null", 400, "bad-request")]
    [InlineData("[null]", 400, "bad-request")]
    [InlineData("[]", 400, "usage")]
    [InlineData("[\"\"]", 400, "usage")]
    [InlineData("[\"cluster\",\"shwo\"]", 400, "usage")]
    [InlineData("[\"actor\",\"stop\",\"/user/nobody\"]", 404, "not-found")]
    [InlineData("[\"cluster\",\"leave\",\"local\"]", 422, "failed")]
    public async Task Bad_input_gets_a_clear_error(string body, int status, string code)
    {
        await using var port = await OpenPort.Over(Console());
        var (got, said) = await port.Post(new StringContent(body));
        got.ShouldBe(status, said);
        var error = JsonDocument.Parse(said).RootElement.GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("message").GetString()!.Length.ShouldBeInRange(10, 600);
        (await port.Run("log", "level")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_huge_body_is_refused_and_harms_nobody()
    {
        await using var port = await OpenPort.Over(Console());
        var (status, body) = await port.Post(new StringContent($"[\"{new string('x', 1_000_000)}\"]"));
        status.ShouldBe(413, body);
        body.ShouldContain("longer than 65536 bytes");
        (await port.Run("log", "level")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("POST /run HTTP/1.1\r\nHost: x\r\nAutho")]
    [InlineData("POST /run HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {0}\r\nContent-Length: 100\r\n\r\n[\"log\",")]
    [InlineData("\0\0\0\0nonsense\r\n\r\n")]
    public async Task Half_a_request_costs_nobody_else_anything(string sent)
    {
        await using var port = await OpenPort.Over(Console());
        using var half = new TcpClient();
        await half.ConnectAsync(port.Address);
        await half.GetStream().WriteAsync(Encoding.ASCII.GetBytes(sent.Replace("{0}", port.Token, StringComparison.Ordinal)));
        (await port.Run("log", "level")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_stream_is_a_line_of_json_for_each_part_and_ends_with_its_client()
    {
        var console = Console();
        await using var port = await OpenPort.Over(console);
        using var http = new HttpClient();
        using (var request = new HttpRequestMessage(HttpMethod.Post, port.Url("/run")) { Content = JsonContent.Create((string[])["log", "tail"]) })
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", port.Token);
            using var reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            reply.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
            using var lines = new StreamReader(await reply.Content.ReadAsStreamAsync());
            AwaitStream(console);
            Sys.EventStream.Publish(new Error(null, "s", typeof(string), "one"));
            Sys.EventStream.Publish(new Error(null, "s", typeof(string), "two"));
            JsonDocument.Parse((await lines.ReadLineAsync())!).RootElement.GetProperty("text").GetString().ShouldEndWith("s: one");
            JsonDocument.Parse((await lines.ReadLineAsync())!).RootElement.GetProperty("text").GetString().ShouldEndWith("s: two");
        }

        AwaitAssert(() => GoingOn(console).ShouldBeEmpty(), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task The_declarations_and_the_names_can_be_asked_for()
    {
        Family("controllers", "replicaset-controller", "deployment-controller");
        await using var port = await OpenPort.Over(Console());
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", port.Token);
        var commands = await http.GetFromJsonAsync<JsonElement>(port.Url("/commands"));
        commands.EnumerateArray().Select(c => c.GetProperty("command").GetString()).ShouldContain("kube kill controller");
        commands.EnumerateArray().ShouldNotContain(c => c.GetProperty("command").GetString()!.StartsWith("console"));
        (await http.GetStringAsync(port.Url("/names/controller"))).ShouldBe("""{"columns":["NAME"],"rows":[["deployment-controller"],["replicaset-controller"]]}""");
        (await http.GetStringAsync(port.Url("/names/peer"))).ShouldBe("""{"columns":["NAME"],"rows":[["database"],["local"]]}""");
        (await http.GetStringAsync(port.Url("/names/nonsense"))).ShouldBe("""{"columns":["NAME"],"rows":[]}""");
    }

    [Fact]
    public async Task The_token_stays_when_the_host_starts_again_and_is_its_owners_alone()
    {
        await using var port = await OpenPort.Over(Console());
        var file = Path.Combine(port.Folder, "token");
        (await AkkaKube.Console.Port.TokenFile.ReadOrCreate(file)).ShouldBe(port.Token);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
