namespace AkkaKube.Api.Defaults;

/// <summary>A volume without a source is an empty directory.</summary>
internal static class VolumeDefaults
{
    public static void Apply(JsonMap volume)
    {
        var hasSource = false;
        foreach (var (name, source) in volume.Entries)
            hasSource |= name != "name" && source is not null;
        if (!hasSource)
            volume["emptyDir"] = new JsonMap();
        if (volume.Map("image") is { } image && string.IsNullOrEmpty(image.Text("pullPolicy")))
            image["pullPolicy"] = ContainerDefaults.PullPolicy(image.Text("reference") ?? "");
    }
}
