using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Volumes;

/// <summary>Gives a pod the tokens by which its programs show who they are.</summary>
internal interface IServiceAccountTokens
{
    /// <summary>A token for the pod's service account, bound to the pod, valid for some time.</summary>
    string Issue(Pod pod, string? audience, TimeSpan validFor, DateTimeOffset now);
}
