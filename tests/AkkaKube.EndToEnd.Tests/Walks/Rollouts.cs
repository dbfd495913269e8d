using AkkaKube.EndToEnd.Tests.Harness;

namespace AkkaKube.EndToEnd.Tests.Walks;

/// <summary>A deployment's life: new images, history, undo, scale, lost pods, deletion.</summary>
[Collection(SharedClusterCollection.Name)]
public sealed class Rollouts(SharedCluster shared)
{
    [Theory]
    [MemberData(nameof(Kubectl.Versions), MemberType = typeof(Kubectl))]
    public async Task A_deployment_rolls_out_rolls_back_scales_heals_and_goes(string version)
    {
        var ns = await shared.NewNamespace();
        var kubectl = shared.Cluster.Kubectl(version);
        await kubectl.Ok($"-n {ns} apply -f -", DeploymentAndService.Web);
        await kubectl.Ok($"-n {ns} rollout status deployment/web");

        (await kubectl.Ok($"-n {ns} set image deployment/web nginx=nginx:1.28")).ShouldBe("deployment.apps/web image updated\n");
        (await kubectl.Ok($"-n {ns} rollout status deployment/web")).ShouldContain("successfully rolled out");
        (await kubectl.Ok($"-n {ns} get pods -l app=web -o jsonpath={{.items[*].spec.containers[0].image}}")).Split(' ').ShouldAllBe(image => image == "nginx:1.28");

        var history = await kubectl.Ok($"-n {ns} rollout history deployment/web");
        history.ShouldContain("REVISION  CHANGE-CAUSE\n1         <none>\n2         <none>");

        (await kubectl.Ok($"-n {ns} rollout undo deployment/web")).ShouldContain("rolled back");
        (await kubectl.Ok($"-n {ns} rollout status deployment/web")).ShouldContain("successfully rolled out");
        (await kubectl.Ok($"-n {ns} rollout history deployment/web")).ShouldContain("REVISION  CHANGE-CAUSE\n2         <none>\n3         <none>");

        await kubectl.Ok($"-n {ns} scale deployment/web --replicas=10");
        await kubectl.Ok($"-n {ns} rollout status deployment/web");
        await Eventually.Holds(async () => (await kubectl.Ok($"-n {ns} get deployment web --no-headers")).ShouldMatch(@"^web +10/10 +10 +10 "));

        var victim = (await kubectl.Ok($"-n {ns} get pods -l app=web -o name")).Split('\n')[0];
        await kubectl.Ok($"-n {ns} delete {victim}");
        await Eventually.Holds(async () =>
        {
            var names = (await kubectl.Ok($"-n {ns} get pods -l app=web --field-selector=status.phase=Running -o name")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            names.Length.ShouldBe(10);
            names.ShouldNotContain(victim);
        });

        await kubectl.Ok($"-n {ns} delete deployment web");
        await Eventually.Holds(async () => (await kubectl.Run($"-n {ns} get pods -l app=web")).Error.ShouldContain("No resources found"));
        (await kubectl.Ok($"-n {ns} get replicasets -o name")).ShouldBe("");
    }
}
