namespace AkkaKube.Api.Defaults;

/// <summary>An image with the tag latest, said or meant, is pulled every time.</summary>
internal static class ContainerDefaults
{
    public static void Apply(JsonMap container)
    {
        if (string.IsNullOrEmpty(container.Text("imagePullPolicy")))
            container["imagePullPolicy"] = PullPolicy(container.Text("image") ?? "");
    }

    public static string PullPolicy(string image) => ImageReference.Tag(image) == "latest" ? "Always" : "IfNotPresent";
}
