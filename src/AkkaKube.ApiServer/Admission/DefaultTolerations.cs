using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.ApiServer.Admission;

/// <summary>A pod stays five minutes on a node that is not ready or unreachable, unless it says otherwise (Kubernetes: DefaultTolerationSeconds).</summary>
internal static class DefaultTolerations
{
    private const long Seconds = 300;
    private const string NotReady = "node.kubernetes.io/not-ready";
    private const string Unreachable = "node.kubernetes.io/unreachable";

    public static Pod Admit(Pod pod)
    {
        var tolerations = pod.Spec.Tolerations;
        if (!Tolerates(tolerations, NotReady)) tolerations = [.. tolerations, Default(NotReady)];
        if (!Tolerates(tolerations, Unreachable)) tolerations = [.. tolerations, Default(Unreachable)];
        return tolerations.Count == pod.Spec.Tolerations.Count ? pod : pod with { Spec = pod.Spec with { Tolerations = tolerations } };
    }

    private static bool Tolerates(ValueList<Toleration> tolerations, string key)
    {
        foreach (var toleration in tolerations)
        {
            if ((toleration.Key == key || string.IsNullOrEmpty(toleration.Key)) && toleration.Effect is null or "" or "NoExecute") return true;
        }
        return false;
    }

    private static Toleration Default(string key) => new() { Key = key, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = Seconds };
}
