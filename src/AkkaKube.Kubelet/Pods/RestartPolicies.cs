using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Pods;

/// <summary>Whether a container that ended is started again.</summary>
internal static class RestartPolicies
{
    /// <summary>An init container that runs beside the others (restartPolicy Always).</summary>
    public static bool IsSidecar(Container init) => init.RestartPolicy == "Always";

    /// <summary>Whether another instance follows after one ended with <paramref name="exitCode"/>.</summary>
    public static bool Restarts(Pod pod, Container container, int exitCode, bool isInit)
    {
        var policy = container.RestartPolicy ?? pod.Spec.RestartPolicy ?? "Always";
        // For an init container Always means: again until it succeeds.
        if (isInit && !IsSidecar(container) && policy == "Always") policy = "OnFailure";
        // The container's own rules about exit codes go before its policy.
        if (container.RestartPolicyRules.Any(r => r.Action == "Restart" && Names(r, exitCode))) return true;
        return policy switch
        {
            "Always" => true,
            "OnFailure" => exitCode != 0,
            _ => false,
        };
    }

    private static bool Names(ContainerRestartRule rule, int exitCode) =>
        rule.ExitCodes is { } codes && codes.Values.Contains(exitCode) == (codes.Operator == "In");
}
