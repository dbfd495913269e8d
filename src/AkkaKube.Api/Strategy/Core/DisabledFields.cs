using AkkaKube.Api.Core.V1;

namespace AkkaKube.Api.Strategy.Core;

/// <summary>
/// Fields of pods whose features are off in this release. They are taken out of what a client sends, unless the object it replaces has them:
/// what is stored is not lost.
/// </summary>
internal static class DisabledFields
{
    public static PodSpec Drop(PodSpec spec, PodSpec? old)
    {
        if (spec.SchedulingGroup is not null && old?.SchedulingGroup is null) spec = spec with { SchedulingGroup = null };
        if (HasStopSignal(spec) && !(old is not null && HasStopSignal(old)))
            spec = spec with
            {
                Containers = [.. spec.Containers.Select(WithoutStopSignal)],
                InitContainers = [.. spec.InitContainers.Select(WithoutStopSignal)],
            };
        if (HasDisabledSource(spec) && !(old is not null && HasDisabledSource(old)))
            spec = spec with
            {
                Volumes = [.. spec.Volumes.Select(volume => volume.Projected is not { } projected ? volume : volume with
                {
                    Projected = projected with { Sources = [.. projected.Sources.Select(source => source with { ClusterTrustBundle = null, PodCertificate = null })] },
                })],
            };
        return spec;
    }

    public static PodTemplateSpec Drop(PodTemplateSpec template, PodTemplateSpec? old)
    {
        var spec = Drop(template.Spec, old?.Spec);
        return ReferenceEquals(spec, template.Spec) ? template : template with { Spec = spec };
    }

    private static bool HasStopSignal(PodSpec spec)
    {
        foreach (var container in spec.Containers)
            if (!string.IsNullOrEmpty(container.Lifecycle?.StopSignal)) return true;
        foreach (var container in spec.InitContainers)
            if (!string.IsNullOrEmpty(container.Lifecycle?.StopSignal)) return true;
        return false;
    }

    private static Container WithoutStopSignal(Container container) =>
        container.Lifecycle is not { StopSignal: not null } lifecycle ? container : container with { Lifecycle = lifecycle with { StopSignal = null } };

    private static bool HasDisabledSource(PodSpec spec)
    {
        foreach (var volume in spec.Volumes)
            if (volume.Projected is { } projected)
                foreach (var source in projected.Sources)
                    if (source.ClusterTrustBundle is not null || source.PodCertificate is not null) return true;
        return false;
    }
}
