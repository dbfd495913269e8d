using System.Globalization;
using System.Text.RegularExpressions;
using AkkaKube.EndToEnd.Tests.Harness;

namespace AkkaKube.EndToEnd.Tests.Walks;

/// <summary>How close the answers are to those that a real Kubernetes v1.36 gave to the same requests.</summary>
public sealed class RecordedAnswers
{
    private const string Kinds = "/(ConfigMap|Secret|Pod|PodSmall|Service|ServiceNodePort|ServiceHeadless|ServiceExternal|ServiceLB|Endpoints|EndpointSlice|ServiceAccount|Event|Lease|Namespace|Node|ReplicaSet|Deployment|DeploymentSmall)(/|:|$)|^errors";

    [Fact]
    public async Task The_api_server_answers_as_the_real_one()
    {
        await using var cluster = await RunningCluster.Start(3);
        var score = await Check(cluster, "golden.py", "api.jsonl.gz", "--only", Kinds);
        var all = Regex.Match(score, @"^all +(\d+) +(\d+) +(\d+) +(\d+)$", RegexOptions.Multiline).Groups.Values.Skip(1).Select(g => int.Parse(g.Value, CultureInfo.InvariantCulture)).ToArray();
        ((double)all[1] / all[0]).ShouldBeGreaterThanOrEqualTo(0.97, score);
        ((double)all[2] / all[0]).ShouldBeGreaterThanOrEqualTo(0.90, score);
        ((double)all[3] / all[0]).ShouldBeGreaterThanOrEqualTo(0.85, score);
    }

    [Fact]
    public async Task The_scheduler_decides_as_the_real_one()
    {
        await using var cluster = await RunningCluster.Start(0);
        var score = await Check(cluster, "scheduling.py", "scheduling.jsonl.gz");
        Share(score, "bound or not as Kubernetes").ShouldBe(1.0, score);
        Share(score, "on a node of the highest score").ShouldBeGreaterThanOrEqualTo(0.95, score);
        Share(score, "messages word for word").ShouldBeGreaterThanOrEqualTo(0.90, score);
    }

    [Fact]
    public async Task The_controllers_make_of_workloads_what_the_real_ones_make()
    {
        await using var cluster = await RunningCluster.Start(4);
        var score = await Check(cluster, "workloads.py", "workloads.jsonl.gz", "--only", "^(deployment|replicaset|service)/");
        var total = Regex.Match(score, @"^(\d+) of (\d+) lists", RegexOptions.Multiline);
        (double.Parse(total.Groups[1].Value, CultureInfo.InvariantCulture) / double.Parse(total.Groups[2].Value, CultureInfo.InvariantCulture)).ShouldBeGreaterThanOrEqualTo(0.90, score);
    }

    private static double Share(string score, string line)
    {
        var match = Regex.Match(score, Regex.Escape(line) + @": (\d+) of (\d+)");
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) / double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
    }

    private static async Task<string> Check(RunningCluster cluster, string tool, string file, params string[] more)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "golden");
        return (await Command.Run("python3", [Path.Combine(folder, tool), "check", Path.Combine(folder, file), "--kubeconfig", cluster.KubeConfig, "-v", "30", .. more])).Succeeded();
    }
}
