using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.ApiServer.Admission;

/// <summary>
/// Gives a pod its service account, the account's image pull secrets, and a volume with its token, mounted into every container
/// (Kubernetes: ServiceAccount).
/// </summary>
internal static class ServiceAccountAdmission
{
    public const string DefaultAccount = "default";

    private const string VolumePrefix = "kube-api-access-";
    private const string MountPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>A little over an hour, so that a kubelet that renews hourly never holds an expired token.</summary>
    private const long TokenExpirationSeconds = 60 * 60 + 7;

    /// <summary>The account that the pod runs as.</summary>
    public static string AccountOf(Pod pod) => string.IsNullOrEmpty(pod.Spec.ServiceAccountName) ? DefaultAccount : pod.Spec.ServiceAccountName;

    public static Pod Admit(Pod pod, ServiceAccount account, string suffix)
    {
        var spec = pod.Spec with { ServiceAccountName = AccountOf(pod), ServiceAccount = AccountOf(pod) };
        if (spec.AutomountServiceAccountToken ?? account.AutomountServiceAccountToken ?? true) spec = WithToken(spec, suffix);
        if (spec.ImagePullSecrets.Count == 0 && account.ImagePullSecrets.Count > 0) spec = spec with { ImagePullSecrets = account.ImagePullSecrets };
        return pod with { Spec = spec };
    }

    private static PodSpec WithToken(PodSpec spec, string suffix)
    {
        var existing = spec.Volumes.FirstOrDefault(volume => volume.Name.StartsWith(VolumePrefix, StringComparison.Ordinal));
        var name = existing?.Name ?? FreeName(spec.Volumes, suffix);
        var mounted = false;
        var initContainers = WithMounts(spec.InitContainers, name, ref mounted);
        var containers = WithMounts(spec.Containers, name, ref mounted);
        var volumes = existing is null && mounted ? [.. spec.Volumes, TokenVolume(name)] : spec.Volumes;
        return spec with { InitContainers = initContainers, Containers = containers, Volumes = volumes };
    }

    private static ValueList<Container> WithMounts(ValueList<Container> containers, string volume, ref bool mounted)
    {
        var result = new List<Container>(containers.Count);
        foreach (var container in containers)
        {
            if (container.VolumeMounts.Any(mount => mount.MountPath == MountPath)) { result.Add(container); continue; }
            mounted = true;
            result.Add(container with { VolumeMounts = [.. container.VolumeMounts, new VolumeMount { Name = volume, ReadOnly = true, MountPath = MountPath }] });
        }
        return [.. result];
    }

    private static string FreeName(ValueList<Volume> volumes, string suffix)
    {
        var name = VolumePrefix + suffix;
        while (volumes.Any(volume => volume.Name == name)) name += "x";
        return name;
    }

    private static Volume TokenVolume(string name) => new()
    {
        Name = name,
        Projected = new ProjectedVolumeSource
        {
            DefaultMode = 0x1a4,
            Sources =
            [
                new VolumeProjection { ServiceAccountToken = new ServiceAccountTokenProjection { Path = "token", ExpirationSeconds = TokenExpirationSeconds } },
                new VolumeProjection { ConfigMap = new ConfigMapProjection { Name = "kube-root-ca.crt", Items = [new KeyToPath { Key = "ca.crt", Path = "ca.crt" }] } },
                new VolumeProjection
                {
                    DownwardAPI = new DownwardAPIProjection
                    {
                        Items = [new DownwardAPIVolumeFile { Path = "namespace", FieldRef = new ObjectFieldSelector { ApiVersion = "v1", FieldPath = "metadata.namespace" } }],
                    },
                },
                new VolumeProjection { ConfigMap = new ConfigMapProjection { Name = "openshift-service-ca.crt", Items = [new KeyToPath { Key = "service-ca.crt", Path = "service-ca.crt" }] } },
            ],
        },
    };
}
