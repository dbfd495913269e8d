using Akka.Configuration;

namespace AkkaKube.Runtime;

/// <summary>The section <c>akkakube.runtime</c>.</summary>
public sealed record RuntimeSettings
{
    /// <summary>How long a pull takes before its bytes flow.</summary>
    public required Distribution Pull { get; init; }

    /// <summary>Bytes a second that an image comes with; 0: at once.</summary>
    public required long PullBandwidth { get; init; }

    /// <summary>How long it takes to make a sandbox.</summary>
    public required Distribution Sandbox { get; init; }

    /// <summary>How long it takes to start a container.</summary>
    public required Distribution Start { get; init; }

    /// <summary>How long it takes from the end of a container's process to the end of the container.</summary>
    public required Distribution Stop { get; init; }

    /// <summary>How much of a container's log is kept, in bytes.</summary>
    public required long LogLimit { get; init; }

    /// <summary>Images that no registry has, as patterns over the name in the pod's spec.</summary>
    public required IReadOnlyList<string> MissingImages { get; init; }

    /// <summary>What is special about some images, by the name in the pod's spec.</summary>
    public required IReadOnlyDictionary<string, ImageOverride> Images { get; init; }

    /// <summary>Reads the settings of <paramref name="config"/>.</summary>
    public static RuntimeSettings From(Config config) => new()
    {
        Pull = Distribution.Parse(config.GetString("akkakube.runtime.pull")),
        PullBandwidth = config.GetByteSize("akkakube.runtime.pull-bandwidth")!.Value,
        Sandbox = Distribution.Parse(config.GetString("akkakube.runtime.sandbox")),
        Start = Distribution.Parse(config.GetString("akkakube.runtime.start")),
        Stop = Distribution.Parse(config.GetString("akkakube.runtime.stop")),
        LogLimit = config.GetByteSize("akkakube.runtime.log-limit")!.Value,
        MissingImages = [.. config.GetStringList("akkakube.runtime.missing-images")],
        Images = Overrides(config.GetConfig("akkakube.runtime.images")),
    };

    private static Dictionary<string, ImageOverride> Overrides(Config? images)
    {
        var overrides = new Dictionary<string, ImageOverride>(StringComparer.Ordinal);
        if (images is null || images.IsEmpty) return overrides;
        foreach (var (name, value) in images.Root.GetObject().Items)
        {
            var settings = value.GetObject().Items;
            overrides[name] = new ImageOverride(
                settings.TryGetValue("pull", out var pull) ? pull.GetString() : null,
                settings.TryGetValue("size", out var size) ? size.GetByteSize() : null,
                settings.TryGetValue("like", out var like) ? like.GetString() : null);
        }

        return overrides;
    }
}

/// <summary>What is special about an image.</summary>
/// <param name="Pull">How long its pull takes, or <c>fails</c>, <c>denied</c>, <c>missing</c>, <c>unreachable</c>; null: as any other.</param>
/// <param name="Size">In bytes; null: as the catalog says.</param>
/// <param name="Like">The image whose programs and files it has; null: its own.</param>
public sealed record ImageOverride(string? Pull, long? Size, string? Like);
