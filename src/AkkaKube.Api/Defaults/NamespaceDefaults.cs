namespace AkkaKube.Api.Defaults;

/// <summary>A namespace carries its name as a label.</summary>
internal static class NamespaceDefaults
{
    public static void Apply(JsonMap space)
    {
        var metadata = space.Need("metadata");
        if (metadata.Text("name") is { Length: > 0 } name)
            metadata.Need("labels")["kubernetes.io/metadata.name"] = name;
    }
}
