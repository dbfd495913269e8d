using Akka.Actor;
using AkkaKube.Fabric;
using static AkkaKube.Runtime.ContainerRuntime;

namespace AkkaKube.Runtime.Tests.Sandboxes;

public class NetworkTests : RuntimeTestKit
{
    private sealed class Names : ReceiveActor
    {
        public Names() => Receive<FabricActor.Resolve>(r =>
        {
            var found = SearchPath.Candidates(r.Name, r.Search, r.Ndots).FirstOrDefault(n => n == "web.default.svc.cluster.local");
            if (found is null) Sender.Tell(new FabricActor.NotResolved(r.Name, FabricActor.ResolveFailure.NoSuchName, r.Tag));
            else Sender.Tell(new FabricActor.Resolved(found, ["10.96.0.1"], r.Tag));
        });
    }

    private sealed record Service(IReadOnlyList<SocketAddress> Endpoints) : IRoutes
    {
        public Route Find(SocketAddress source, SocketAddress target) => target.Ip == "10.96.0.1" ? Endpoints.Count == 0 ? Route.Reject : new Route.Balance(Endpoints) : Route.Direct;
    }

    [Fact]
    public void A_pod_reaches_a_web_server_through_name_service_and_rule()
    {
        var web = Sandbox("web");
        var nginx = Start(web, new ContainerConfig("nginx", "nginx"));
        Fabric.Tell(new FabricActor.SetResolver(Sys.ActorOf(Akka.Actor.Props.Create(() => new Names()))));
        Fabric.Tell(new FabricActor.SetRoutes("node-1", new Service([new SocketAddress("10.244.1.2", 80)])));
        Advance(1);
        var client = Sh(Sandbox("client"), "wget -qO- http://web; echo code $?");
        Ended(client);
        LogOf(client).ShouldContain("<h1>Welcome to nginx!</h1>");
        LogOf(client).ShouldEndWith("code 0\n");
        LogOf(nginx).ShouldContain("10.244.1.3 - - [01/Jan/2026:00:00:0");
        LogOf(nginx).ShouldContain("] \"GET / HTTP/1.1\" 200 ");
    }

    [Theory]
    [InlineData("wget -qO- http://10.244.1.77 -T 2", "wget: can't connect to remote host (10.244.1.77): Operation timed out\n", 1)]
    [InlineData("wget -qO- http://127.0.0.1:81", "wget: can't connect to remote host (127.0.0.1): Connection refused\n", 1)]
    [InlineData("wget -qO- http://nobody", "wget: bad address 'nobody'\n", 1)]
    [InlineData("nslookup web", "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\tweb.default.svc.cluster.local\nAddress: 10.96.0.1\n\n", 0)]
    [InlineData("nslookup nobody", "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n** server can't find nobody: NXDOMAIN\n\n", 1)]
    [InlineData("nc -z -w 1 10.96.0.1 80", "nc: 10.96.0.1 (10.96.0.1:80): Connection refused\n", 1)]
    [InlineData("ping -c 1 -W 1 10.244.1.77 | tail -n 1", "1 packets transmitted, 0 packets received, 100% packet loss\n", 0)]
    public void What_does_not_connect_fails_with_the_words_of_busybox(string script, string expected, int code)
    {
        Fabric.Tell(new FabricActor.SetResolver(Sys.ActorOf(Akka.Actor.Props.Create(() => new Names()))));
        Fabric.Tell(new FabricActor.SetRoutes("node-1", new Service([])));
        var id = Sh(Sandbox(), script);
        Ended(id).ExitCode.ShouldBe(code);
        LogOf(id).ShouldBe(expected);
    }

    [Fact]
    public void Nginx_answers_with_status_headers_and_files_of_its_volumes()
    {
        var files = new FileTree(new Dictionary<string, FileEntry> { ["index.html"] = new("mine\n"u8.ToArray()), ["sub/a.json"] = new("{}"u8.ToArray()) });
        Start(Sandbox("web"), new ContainerConfig("nginx", "nginx:1.27") { Mounts = [new Mount("/usr/share/nginx/html", "html", new VolumeSource.Files(files))] });
        var id = Sh(Sandbox("client"), "wget -S -qO- 10.244.1.2 2>&1 | grep -v Date | grep -v Last-Mod | grep -v ETag; wget -qO- 10.244.1.2/sub/a.json; echo; wget -qO- 10.244.1.2/nope; wget --spider 10.244.1.2/sub/");
        Ended(id);
        LogOf(id).ShouldBe("""
              HTTP/1.1 200 OK
              Server: nginx/1.29.1
              Content-Type: text/html
              Accept-Ranges: bytes
              Content-Length: 5
              Connection: close
            mine
            {}
            wget: server returned error: HTTP/1.1 404 Not Found
            Connecting to 10.244.1.2 (10.244.1.2:80)
            wget: server returned error: HTTP/1.1 403 Forbidden

            """);
    }

    [Fact]
    public void Nginx_follows_a_configuration_from_a_volume()
    {
        var conf = "server { listen 8080; location / { return 200 \"pod $hostname $uri\\n\"; } location /up/ { proxy_pass http://10.244.1.3:5678/; } }";
        Start(Sandbox("web"), new ContainerConfig("nginx", "nginx") { Mounts = [new Mount("/etc/nginx/conf.d", "conf", new VolumeSource.Files(new FileTree(new Dictionary<string, FileEntry> { ["default.conf"] = new(System.Text.Encoding.UTF8.GetBytes(conf)) })))] });
        Start(Sandbox("upstream"), new ContainerConfig("echo", "hashicorp/http-echo") { Args = ["-text=from upstream"] });
        var id = Sh(Sandbox("client"), "wget -qO- 10.244.1.2:8080/x; wget -qO- 10.244.1.2:8080/up/y; wget -qO- 10.244.1.2");
        Ended(id);
        LogOf(id).ShouldBe("pod web /x\nfrom upstream\nwget: can't connect to remote host (10.244.1.2): Connection refused\n");
    }

    [Fact]
    public void A_bad_configuration_ends_nginx_with_its_emergency()
    {
        var id = Start(Sandbox("web"), new ContainerConfig("nginx", "nginx") { Mounts = [new Mount("/etc/nginx/conf.d", "conf", new VolumeSource.Files(new FileTree(new Dictionary<string, FileEntry> { ["default.conf"] = new("server { listen 80 "u8.ToArray()) })))] });
        Ended(id).ExitCode.ShouldBe(1);
        LogOf(id).ShouldContain("[emerg] 1#1: unexpected end of file, expecting \";\" or \"}\" in /etc/nginx/conf.d/default.conf");
    }

    [Fact]
    public void Agnhost_says_which_pod_answered_and_sees_through_its_own_eyes()
    {
        foreach (var name in (string[])["a", "b"]) Start(Sandbox(name), new ContainerConfig("agnhost", "registry.k8s.io/e2e-test-images/agnhost:2.56") { Args = ["netexec", "--http-port=8080"] });
        var id = Sh(Sandbox("client"), "wget -qO- 10.244.1.2:8080/hostname; echo; wget -qO- '10.244.1.2:8080/dial?host=10.244.1.3&port=8080&request=hostname&tries=2'; echo; wget -qO- 10.244.1.2:8080/clientip | cut -d: -f1; wget -qO- '10.244.1.2:8080/shell?cmd=echo+hi'; echo; wget -qO- 10.244.1.2:8080/exit?code=3; sleep 1; wget -qO- -T 2 10.244.1.2:8080/");
        Ended(id);
        LogOf(id).ShouldBe("a\n{\"responses\":[\"b\",\"b\"]}\n10.244.1.4\n{\"output\":\"hi\\n\"}\nwget: error getting response\nwget: can't connect to remote host (10.244.1.2): Connection refused\n");
    }

    [Fact]
    public void Netcat_carries_both_ways_and_a_server_sees_the_end_of_the_stream()
    {
        var server = Sh(Sandbox("server"), "echo reply | nc -l -p 9000");
        Advance(1);
        var client = Sh(Sandbox("client"), "echo request | nc 10.244.1.2 9000");
        Ended(client);
        Ended(server);
        LogOf(server).ShouldBe("request\n");
        LogOf(client).ShouldBe("reply\n");
    }

    [Fact]
    public void Containers_of_a_pod_meet_on_localhost_and_share_its_ports()
    {
        var sandbox = Sandbox();
        Start(sandbox, new ContainerConfig("web", "httpd"));
        Advance(1);
        var client = Sh(sandbox, "wget -qO- localhost", "client");
        Ended(client);
        LogOf(client).ShouldContain("It works!");
        var second = Start(sandbox, new ContainerConfig("second", "nginx"));
        Ended(second).ExitCode.ShouldBe(1);
        LogOf(second).ShouldContain("[emerg] 1#1: bind() to 0.0.0.0:80 failed (98: Address in use)");
    }

    [Fact]
    public void The_end_of_a_server_resets_its_connections_and_frees_its_port()
    {
        var sandbox = Sandbox("server");
        var server = Sh(sandbox, "nc -l -p 9000");
        Advance(1);
        var client = Sh(Sandbox("client"), "sleep 1d | nc 10.244.1.2 9000; echo ended");
        Advance(1);
        Ask<ContainerStopped>(new StopContainer(server, TimeSpan.Zero));
        Advance(1);
        LogOf(client).ShouldBe("");
        Sh(sandbox, "nc -l -p 9000", "again");
        Advance(1);
        var third = Sh(Sandbox("third"), "nc -z 10.244.1.2 9000; echo $?");
        Ended(third);
        LogOf(third).ShouldBe("0\n");
    }

    [Fact]
    public void A_large_response_keeps_to_the_window()
    {
        var page = new byte[1_000_000];
        new Random(7).NextBytes(page);
        Start(Sandbox("web"), new ContainerConfig("nginx", "nginx") { Mounts = [new Mount("/usr/share/nginx/html", "html", new VolumeSource.Files(new FileTree(new Dictionary<string, FileEntry> { ["big.bin"] = new(page) })))] });
        var id = Sh(Sandbox("client"), "wget -qO /tmp/big 10.244.1.2/big.bin; sha256sum /tmp/big");
        Ended(id);
        LogOf(id).ShouldBe($"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(page))}  /tmp/big\n");
    }
}
