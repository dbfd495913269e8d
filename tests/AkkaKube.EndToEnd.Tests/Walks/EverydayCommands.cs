using AkkaKube.EndToEnd.Tests.Harness;

namespace AkkaKube.EndToEnd.Tests.Walks;

/// <summary>What a user types all day, besides applying files.</summary>
[Collection(SharedClusterCollection.Name)]
public sealed class EverydayCommands(SharedCluster shared)
{
    [Theory]
    [MemberData(nameof(Kubectl.Versions), MemberType = typeof(Kubectl))]
    public async Task Objects_are_created_without_a_file(string version)
    {
        var ns = await shared.NewNamespace();
        var kubectl = shared.Cluster.Kubectl(version);
        (await kubectl.Ok($"-n {ns} create deployment web --image=nginx --replicas=2 --port=80")).ShouldBe("deployment.apps/web created\n");
        (await kubectl.Ok($"-n {ns} expose deployment web --type=NodePort")).ShouldBe("service/web exposed\n");
        (await kubectl.Ok($"-n {ns} create configmap settings --from-literal=colour=blue")).ShouldBe("configmap/settings created\n");
        (await kubectl.Ok($"-n {ns} create secret generic keys --from-literal=door=1234")).ShouldBe("secret/keys created\n");
        (await kubectl.Ok($"-n {ns} create serviceaccount robot")).ShouldBe("serviceaccount/robot created\n");
        (await kubectl.Ok($"-n {ns} create service clusterip other --tcp=80:8080")).ShouldBe("service/other created\n");
        (await kubectl.Ok($"-n {ns} run one --image=busybox --restart=Never -- sleep 1000")).ShouldBe("pod/one created\n");
        await kubectl.Ok($"-n {ns} wait --for=condition=Available deployment/web --timeout=200s");
        await kubectl.Ok($"-n {ns} wait --for=condition=Ready pod/one --timeout=200s");

        (await kubectl.Ok($"-n {ns} get secret keys -o jsonpath={{.data.door}}")).ShouldBe("MTIzNA==");
        (await kubectl.Ok($"-n {ns} get service other -o jsonpath={{.spec.ports[0].targetPort}}")).ShouldBe("8080");
        (await kubectl.Ok($"-n {ns} get service web -o jsonpath={{.spec.selector.app}}")).ShouldBe("web");
        var all = await kubectl.Ok($"-n {ns} get all -o wide");
        all.ShouldMatch(@"(?m)^pod/one +1/1 +Running +0 +\S+ +10\.\S+ +node-\d +<none> +<none> *$");
        all.ShouldMatch(@"(?m)^service/web +NodePort +10\.96\.\S+ +<none> +80:3\d{4}/TCP +\S+ +app=web *$");
        all.ShouldMatch(@"(?m)^deployment\.apps/web +2/2 +2 +2 +\S+ +nginx +nginx +app=web *$");
        all.ShouldMatch(@"(?m)^replicaset\.apps/web-[a-z0-9]+ +2 +2 +2 +\S+ +nginx +nginx +app=web,pod-template-hash=[a-z0-9]+ *$");
        (await kubectl.Ok($"-n {ns} delete pod one --grace-period=0 --force")).ShouldContain("pod \"one\" force deleted");
    }

    [Fact]
    public async Task A_file_is_compared_applied_by_the_server_and_quarrelled_about()
    {
        var ns = await shared.NewNamespace();
        var kubectl = shared.Cluster.Kubectl();
        const string file = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shared}\ndata: {colour: blue}\n";
        (await kubectl.Run($"-n {ns} diff -f -", file)).ExitCode.ShouldBe(1);
        (await kubectl.Ok($"-n {ns} apply --server-side -f -", file)).ShouldBe("configmap/shared serverside-applied\n");
        (await kubectl.Run($"-n {ns} diff --server-side -f -", file)).ExitCode.ShouldBe(0);
        var quarrel = await kubectl.Run($"-n {ns} apply --server-side --field-manager=other -f -", file.Replace("blue", "red", StringComparison.Ordinal));
        quarrel.ExitCode.ShouldBe(1);
        quarrel.Error.ShouldContain("Apply failed with 1 conflict: conflict with \"kubectl\": .data.colour");
        await kubectl.Ok($"-n {ns} apply --server-side --force-conflicts --field-manager=other -f -", file.Replace("blue", "red", StringComparison.Ordinal));
        (await kubectl.Ok($"-n {ns} get configmap shared -o jsonpath={{.data.colour}}")).ShouldBe("red");

        (await kubectl.Ok($"-n {ns} label configmap shared team=a")).ShouldBe("configmap/shared labeled\n");
        (await kubectl.Ok($"-n {ns} annotate configmap shared note=b")).ShouldBe("configmap/shared annotated\n");
        (await kubectl.Ok($"-n {ns} get configmaps -l team=a -o name")).ShouldBe("configmap/shared\n");
        (await kubectl.Ok($"-n {ns} get configmap shared --show-labels --no-headers")).ShouldMatch(@"^shared +1 +\S+ +team=a\s*$");
        await kubectl.RunWords(["-n", ns, "patch", "configmap", "shared", "--type=json", "-p", """[{"op":"add","path":"/data/shape","value":"round"}]"""]);
        (await kubectl.Ok($"-n {ns} get configmap shared -o jsonpath={{.data.shape}}")).ShouldBe("round");
    }

    [Fact]
    public async Task A_node_is_taken_out_of_use_and_back()
    {
        await using var cluster = await RunningCluster.Start(2);
        var kubectl = cluster.Kubectl();
        await kubectl.Ok("create deployment web --image=nginx --replicas=4");
        await kubectl.Ok("rollout status deployment/web");
        (await kubectl.Ok("cordon node-1")).ShouldBe("node/node-1 cordoned\n");
        (await kubectl.Ok("get node node-1 --no-headers")).ShouldMatch("^node-1 +Ready,SchedulingDisabled ");
        (await kubectl.Ok("drain node-1")).ShouldContain("node/node-1 drained");
        await kubectl.Ok("rollout status deployment/web");
        (await kubectl.Ok("get pods -o jsonpath={.items[*].spec.nodeName}")).Split(' ').Distinct().ShouldBe(["node-2"]);
        (await kubectl.Ok("uncordon node-1")).ShouldBe("node/node-1 uncordoned\n");
        await kubectl.Ok("taint node node-2 out=true:NoExecute");
        await Eventually.Holds(async () => (await kubectl.Ok("get pods -o jsonpath={.items[*].spec.nodeName}")).Split(' ').Distinct().ShouldBe(["node-1"]));
    }

    [Fact]
    public async Task The_api_explains_itself()
    {
        var kubectl = shared.Cluster.Kubectl();
        (await kubectl.Ok("explain deployment.spec.replicas")).ShouldContain("FIELD: replicas <integer>");
        (await kubectl.Ok("explain pod --recursive")).ShouldContain("terminationGracePeriodSeconds");
        var resources = await kubectl.Ok("api-resources --no-headers");
        resources.ShouldMatch(@"(?m)^pods +po +v1 +true +Pod$");
        resources.ShouldMatch(@"(?m)^deployments +deploy +apps/v1 +true +Deployment$");
        (await kubectl.Ok("api-versions")).Split('\n').ShouldContain("apps/v1");
        (await kubectl.Ok("cluster-info")).ShouldContain(shared.Cluster.Api.Authority);
        (await kubectl.Ok("get --raw /readyz")).ShouldBe("ok");
    }
}
