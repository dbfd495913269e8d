using System.Text;
using System.Text.Json.Nodes;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Strategy;
using AkkaKube.Api.Tests.Validation;

namespace AkkaKube.Api.Tests.Strategy;

public class IncompleteObjectTests
{
    private static readonly Pod RichPod = Valid.Pod() with
    {
        Spec = Valid.PodSpec() with
        {
            Containers =
            [
                Valid.Container() with
                {
                    Ports = [new ContainerPort { Name = "http", ContainerPortValue = 80, Protocol = "TCP" }],
                    Env = [new EnvVar { Name = "A", ValueFrom = new EnvVarSource { FieldRef = new ObjectFieldSelector { ApiVersion = "v1", FieldPath = "metadata.name" } } }],
                    LivenessProbe = new Probe { HttpGet = new HTTPGetAction { Path = "/", Port = 80, Scheme = "HTTP" }, SuccessThreshold = 1 },
                    VolumeMounts = [new VolumeMount { Name = "files", MountPath = "/files" }],
                    SecurityContext = new SecurityContext { RunAsUser = 5 },
                },
            ],
            Volumes =
            [
                new Volume
                {
                    Name = "files",
                    Projected = new ProjectedVolumeSource { DefaultMode = 420, Sources = [new VolumeProjection { ConfigMap = new ConfigMapProjection { Name = "c", Items = [new KeyToPath { Key = "k", Path = "p" }] } }] },
                },
            ],
            Affinity = new Affinity
            {
                NodeAffinity = new NodeAffinity
                {
                    RequiredDuringSchedulingIgnoredDuringExecution = new NodeSelector
                    {
                        NodeSelectorTerms = [new NodeSelectorTerm { MatchExpressions = [new NodeSelectorRequirement { Key = "zone", Operator = "In", Values = ["a"] }] }],
                    },
                },
                PodAffinity = new PodAffinity
                {
                    PreferredDuringSchedulingIgnoredDuringExecution = [new WeightedPodAffinityTerm { Weight = 1, PodAffinityTerm = new PodAffinityTerm { LabelSelector = Valid.Selector(), TopologyKey = "zone" } }],
                },
            },
            TopologySpreadConstraints = [new TopologySpreadConstraint { MaxSkew = 1, TopologyKey = "zone", WhenUnsatisfiable = "DoNotSchedule", LabelSelector = Valid.Selector() }],
            Tolerations = [new Toleration { Key = "a", Operator = "Exists" }],
        },
    };

    private static readonly IApiObject[] Objects =
    [
        RichPod, Valid.Node(), Valid.Namespace(), Valid.Service(), Valid.Endpoints(), Valid.EndpointSlice(), Valid.ConfigMap(), Valid.Secret(),
        Valid.ServiceAccount(), Valid.Event(), Valid.Lease(), Valid.Deployment(), Valid.ReplicaSet(),
    ];

    [Fact]
    public void Whatever_a_client_leaves_out_or_empties_gets_an_answer()
    {
        var answers = 0;
        foreach (var o in Objects)
        {
            var strategy = Strategies.For(Faults.Resource(o));
            foreach (var incomplete in Incomplete(o))
            {
                var create = PreparedWrite.ForCreate(strategy, incomplete);
                create.Errors.ShouldAllBe(error => error.ToString().Length > 0);
                PreparedWrite.ForUpdate(strategy, incomplete, o).Object.Kind.ShouldBe(o.Kind);
                PreparedWrite.ForUpdate(strategy, o, incomplete).Object.Kind.ShouldBe(o.Kind);
                answers++;
            }
        }
        answers.ShouldBeGreaterThan(200);
    }

    /// <summary>The object without each of its fields, and with each of its objects and lists empty.</summary>
    private static IEnumerable<IApiObject> Incomplete(IApiObject o)
    {
        var whole = Encoding.UTF8.GetString(ApiJson.Utf8(o));
        foreach (var path in Paths(JsonNode.Parse(whole)!, []))
        {
            if (path is ["kind"] or ["apiVersion"]) continue;
            foreach (var empty in new Func<JsonNode?, JsonNode?>[] { _ => null, node => node is JsonArray ? new JsonArray() : node is JsonObject ? new JsonObject() : null })
            {
                var root = JsonNode.Parse(whole)!;
                var holder = path[..^1].Aggregate(root, (node, step) => node is JsonArray list ? list[int.Parse(step, null)]! : node[step]!);
                if (holder is not JsonObject fields) continue;
                var value = empty(fields[path[^1]]);
                if (value is null) fields.Remove(path[^1]);
                else fields[path[^1]] = value;
                yield return ApiJson.Read(Encoding.UTF8.GetBytes(root.ToJsonString()));
            }
        }
    }

    private static IEnumerable<string[]> Paths(JsonNode? node, string[] path)
    {
        if (path.Length > 0) yield return path;
        IEnumerable<(string Step, JsonNode? Node)> inner = node switch
        {
            JsonObject fields => fields.Select(field => (field.Key, field.Value)),
            JsonArray list => list.Select((item, index) => ($"{index}", item)),
            _ => [],
        };
        foreach (var (step, child) in inner)
            foreach (var deeper in Paths(child, [.. path, step]))
                yield return deeper;
    }
}
