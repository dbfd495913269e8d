using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Validation.Core;

namespace AkkaKube.Api.Strategy.Core;

/// <summary>AppArmor profiles were annotations before they were fields: in a new pod each says what the other does.</summary>
internal static class ArmorProfiles
{
    public static PodSpec IntoFields(PodSpec spec, ValueMap<string> annotations)
    {
        if (spec.Os?.Name == "windows" || !HasAny(annotations)) return spec;
        var ofPod = spec.SecurityContext?.AppArmorProfile;
        return spec with
        {
            Containers = [.. spec.Containers.Select(WithField)],
            InitContainers = [.. spec.InitContainers.Select(WithField)],
        };

        Container WithField(Container container)
        {
            if (container.SecurityContext?.AppArmorProfile is not null) return container;
            if (!annotations.TryGetValue(PodAnnotations.AppArmor + container.Name, out var text) || Field(text) is not { } profile || profile == ofPod) return container;
            return container with { SecurityContext = (container.SecurityContext ?? new SecurityContext()) with { AppArmorProfile = profile } };
        }
    }

    public static ValueMap<string> IntoAnnotations(ValueMap<string> annotations, PodSpec spec)
    {
        if (spec.Os?.Name == "windows") return annotations;
        var ofPod = spec.SecurityContext?.AppArmorProfile;
        foreach (var (container, _) in PodContainers.Of(spec))
            if ((container.SecurityContext?.AppArmorProfile ?? ofPod) is { } profile && Annotation(profile) is { } text
                && !annotations.ContainsKey(PodAnnotations.AppArmor + container.Name))
                annotations = annotations.SetItem(PodAnnotations.AppArmor + container.Name, text);
        return annotations;
    }

    private static bool HasAny(ValueMap<string> annotations)
    {
        foreach (var (key, _) in annotations)
            if (key.StartsWith(PodAnnotations.AppArmor, StringComparison.Ordinal)) return true;
        return false;
    }

    private static AppArmorProfile? Field(string annotation) => annotation switch
    {
        "unconfined" => new AppArmorProfile { Type = "Unconfined" },
        "runtime/default" => new AppArmorProfile { Type = "RuntimeDefault" },
        _ when annotation.StartsWith(PodAnnotations.AppArmorLocalhost, StringComparison.Ordinal) && annotation.Length > PodAnnotations.AppArmorLocalhost.Length =>
            new AppArmorProfile { Type = "Localhost", LocalhostProfile = annotation[PodAnnotations.AppArmorLocalhost.Length..] },
        _ => null,
    };

    private static string? Annotation(AppArmorProfile profile) => profile.Type switch
    {
        "Unconfined" => "unconfined",
        "RuntimeDefault" => "runtime/default",
        "Localhost" when !string.IsNullOrEmpty(profile.LocalhostProfile) => PodAnnotations.AppArmorLocalhost + profile.LocalhostProfile,
        _ => null,
    };
}
