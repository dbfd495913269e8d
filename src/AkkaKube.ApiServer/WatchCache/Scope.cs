using AkkaKube.Api;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.WatchCache;

/// <summary>Which objects a list or a watch is about.</summary>
internal sealed record Scope(ResourceType Type, string? Namespace, string? Name, Selector? Labels, FieldSelector? Fields)
{
    private const string NodeNameField = "spec.nodeName";
    private const string NameField = "metadata.name";

    /// <summary>What the keys of all objects in scope start with.</summary>
    public string Prefix => Namespace is null ? "" : Namespace + "/";

    /// <summary>The key of the only object that can be in scope; null where there may be several.</summary>
    public string? OnlyPath => (Name ?? Fields?.RequiredValue(NameField)) is not { } name ? null : !Type.Namespaced ? name : Namespace is null ? null : $"{Namespace}/{name}";

    /// <summary>The node whose pods alone can be in scope.</summary>
    public string? OnlyNode => Fields?.RequiredValue(NodeNameField);

    /// <summary>Nothing but the namespace decides.</summary>
    public bool IsWholeNamespace => Name is null && Labels is null && Fields is null;

    public bool Contains(ApiObject candidate) =>
        (Namespace is null || candidate.Key.Namespace == Namespace) &&
        (Name is null || candidate.Key.Name == Name) &&
        Selects(candidate);

    /// <summary>Whether the selectors alone select it.</summary>
    public bool Selects(ApiObject candidate) =>
        (Labels is null || Labels.Matches(candidate.Object.Metadata.Labels)) &&
        (Fields is null || Fields.Matches(field => SelectableFields.ValueOf(candidate, field)));

    /// <summary>A change as a watch of this scope sees it: an object that starts or ceases to be in scope comes or goes. Null: not at all.</summary>
    public WatchEvent? Translate(CachedEvent change)
    {
        var before = change.Previous is { } previous && Contains(previous);
        var after = !change.IsDelete && Contains(change.Current);
        return (before, after) switch
        {
            (false, true) => new WatchEvent(WatchEventType.Added, change.Current),
            (true, true) => new WatchEvent(WatchEventType.Modified, change.Current),
            (true, false) => new WatchEvent(WatchEventType.Deleted, change.IsDelete ? change.Current : change.Previous!.AtRevision(change.Revision)),
            _ => null,
        };
    }
}
