namespace AkkaKube.Runtime;

/// <summary>The images that a node has.</summary>
internal sealed class NodeImages
{
    private readonly Dictionary<string, (ImageInfo Info, ImageDefinition Definition)> _byId = [];
    private readonly Dictionary<string, string> _ids = [];

    public IEnumerable<ImageInfo> All => _byId.Values.Select(i => i.Info);

    /// <summary>An image by its name, by its digest or by its id.</summary>
    public (ImageInfo Info, ImageDefinition Definition)? Find(string name)
    {
        var id = name.StartsWith("sha256:", StringComparison.Ordinal) ? name
            : ImageReference.Parse(name, out _) is { } reference && _ids.TryGetValue(reference.ToString(), out var known) ? known
            : null;
        return id is not null && _byId.TryGetValue(id, out var image) ? image : null;
    }

    public ImageInfo Add(ImageReference reference, ImageDefinition definition)
    {
        var info = ImageCatalog.InfoOf(reference, definition);
        // The same image under another name is still one image.
        if (_byId.TryGetValue(info.Id, out var known)) info = info with { RepoTags = [.. known.Info.RepoTags.Union(info.RepoTags)], RepoDigests = [.. known.Info.RepoDigests.Union(info.RepoDigests)] };
        _byId[info.Id] = (info, definition);
        _ids[reference.ToString()] = info.Id;
        foreach (var digest in info.RepoDigests) _ids[digest] = info.Id;
        return info;
    }

    public void Remove(string name)
    {
        if (Find(name) is not { } image) return;
        _byId.Remove(image.Info.Id);
        foreach (var gone in _ids.Where(i => i.Value == image.Info.Id).Select(i => i.Key).ToList()) _ids.Remove(gone);
    }
}
