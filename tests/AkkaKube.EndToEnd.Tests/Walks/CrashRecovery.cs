using System.Collections.Concurrent;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json;
using AkkaKube.EndToEnd.Tests.Harness;

namespace AkkaKube.EndToEnd.Tests.Walks;

/// <summary>kill -9 in the middle of many writes: what was acknowledged is there, with its resourceVersion.</summary>
public sealed class CrashRecovery
{
    [Fact]
    public async Task Every_acknowledged_object_survives_a_kill_and_watches_resume()
    {
        var data = RunningCluster.NewDataDirectory();
        var acknowledged = new ConcurrentDictionary<string, string>();
        string resumeFrom;
        var cluster = await RunningCluster.Start(3, data);
        await using (cluster)
        {
            var kubectl = cluster.Kubectl();
            await Eventually.Holds(() => kubectl.Ok("get serviceaccount default"));
            await kubectl.Ok("apply -f -", DeploymentAndService.Web);
            await kubectl.Ok("rollout status deployment/web");
            using var admin = AdminClient.Of(cluster);
            resumeFrom = (await admin.GetFromJsonAsync<JsonElement>("/api/v1/namespaces/default/configmaps")).GetProperty("metadata").GetProperty("resourceVersion").GetString()!;

            var writers = Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
            {
                for (var n = 0; ; n++)
                {
                    var name = $"cm-{i}-{n}";
                    var reply = await admin.PostAsJsonAsync("/api/v1/namespaces/default/configmaps", new { apiVersion = "v1", kind = "ConfigMap", metadata = new { name }, data = new { value = name } });
                    var body = await reply.Content.ReadFromJsonAsync<JsonElement>();
                    if ((int)reply.StatusCode == 201) acknowledged[name] = body.GetProperty("metadata").GetProperty("resourceVersion").GetString()!;
                }
            })).ToArray();
            await Eventually.Holds(() => Task.FromResult(acknowledged.Count).ContinueWith(t => t.Result.ShouldBeGreaterThan(400), TaskScheduler.Default));
            await cluster.Kill();
            await Task.WhenAll(writers.Select(w => w.ContinueWith(t => t.IsCompletedSuccessfully.ShouldBeFalse(), TaskScheduler.Default)));
        }

        await using var again = await RunningCluster.Start(3, data);
        using (var admin = AdminClient.Of(again))
        {
            var list = await admin.GetFromJsonAsync<JsonElement>("/api/v1/namespaces/default/configmaps");
            var found = list.GetProperty("items").EnumerateArray().ToDictionary(o => o.GetProperty("metadata").GetProperty("name").GetString()!, o => o.GetProperty("metadata").GetProperty("resourceVersion").GetString()!);
            foreach (var (name, version) in acknowledged)
            {
                found.ShouldContainKey(name);
                found[name].ShouldBe(version);
            }

            // A watch goes on from the revision that its client saw last.
            using var events = await admin.GetAsync(new Uri($"/api/v1/namespaces/default/configmaps?watch=true&timeoutSeconds=300&resourceVersion={resumeFrom}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            using var reader = new StreamReader(await events.Content.ReadAsStreamAsync());
            // What was written and never acknowledged comes as well.
            var missing = acknowledged.Keys.ToHashSet();
            while (missing.Count > 0 && await reader.ReadLineAsync() is { } line)
            {
                var change = JsonDocument.Parse(line).RootElement;
                if (change.GetProperty("type").GetString() == "ADDED") missing.Remove(change.GetProperty("object").GetProperty("metadata").GetProperty("name").GetString()!);
            }

            missing.ShouldBeEmpty();
        }

        var after = again.Kubectl();
        await after.Ok("scale deployment/web --replicas=5");
        await after.Ok("rollout status deployment/web");
        Directory.Delete(data, recursive: true);
    }
}
