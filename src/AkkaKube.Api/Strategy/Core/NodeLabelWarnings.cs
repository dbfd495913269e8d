using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Validation;

namespace AkkaKube.Api.Strategy.Core;

/// <summary>Labels of nodes that have got other names over time.</summary>
internal static class NodeLabelWarnings
{
    public static string? Deprecation(string key) => key switch
    {
        "beta.kubernetes.io/arch" => "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
        "beta.kubernetes.io/os" => "deprecated since v1.14; use \"kubernetes.io/os\" instead",
        "failure-domain.beta.kubernetes.io/region" => "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
        "failure-domain.beta.kubernetes.io/zone" => "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
        "beta.kubernetes.io/instance-type" => "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
        "app.kubernetes.io/created-by" => "deprecated since v1.9",
        "scheduler.alpha.kubernetes.io/preferAvoidPods" => "deprecated since v1.22; use Taints and Tolerations instead",
        "node-role.kubernetes.io/master" => "use \"node-role.kubernetes.io/control-plane\" instead",
        _ => null,
    };

    public static void Add(Warnings warnings, FieldPath path, NodeSelectorTerm term, bool checkValues)
    {
        for (var i = 0; i < term.MatchExpressions.Count; i++)
        {
            var requirement = term.MatchExpressions[i];
            var place = path.Child("matchExpressions").Index(i);
            if (Deprecation(requirement.Key) is { } text) warnings.Add(place.Child("key"), $"{requirement.Key} is {text}");
            if (!checkValues) continue;
            for (var j = 0; j < requirement.Values.Count; j++)
                foreach (var wrong in Labels.Value(requirement.Values[j]))
                    warnings.Add(place.Child("values").Index(j), $"{requirement.Values[j]} is invalid, {wrong}");
        }
    }
}
