using AkkaKube.Api.Declarations;
using AkkaKube.Api.Schema;

namespace AkkaKube.Api;

/// <summary>The resources that an API server knows. Immutable: to register one more makes a new registry.</summary>
public sealed class Resources
{
    private readonly Dictionary<GroupVersionResource, ResourceType> _byResource;
    private readonly Dictionary<GroupVersionKind, ResourceType> _byKind;

    private Resources(IEnumerable<ResourceType> all)
    {
        All = [.. all.OrderBy(type => type.Resource.Group, StringComparer.Ordinal).ThenBy(type => type.Resource.Resource, StringComparer.Ordinal)];
        _byResource = All.ToDictionary(type => type.Resource);
        _byKind = All.ToDictionary(type => type.GroupVersionKind);
    }

    /// <summary>Those that the model declares.</summary>
    public static Resources BuiltIn { get; } = new(Schemas.Declarations.Where(type => type.Resource is not null).Select(Declared));

    /// <summary>All of them, by group and name.</summary>
    public ValueList<ResourceType> All { get; }

    /// <summary>Finds one by where it is served.</summary>
    public ResourceType? Find(GroupVersionResource resource) => _byResource.GetValueOrDefault(resource);

    /// <summary>Finds the one whose objects are of this kind.</summary>
    public ResourceType? OfKind(GroupVersionKind kind) => _byKind.GetValueOrDefault(kind);

    /// <summary>Finds one that must be there.</summary>
    public ResourceType Get(GroupVersionResource resource) => _byResource[resource];

    /// <summary>A registry with one more resource.</summary>
    public Resources With(ResourceType type) => new(All.Where(known => known.Resource != type.Resource).Append(type));

    /// <summary>A registry without a resource.</summary>
    public Resources Without(GroupVersionResource resource) => new(All.Where(known => known.Resource != resource));

    /// <summary>Group and version of the types in a folder of the model.</summary>
    internal static (string Group, string Version) GroupVersion(string folder)
    {
        var point = folder.LastIndexOf('.');
        var (group, version) = (folder[..point], folder[(point + 1)..]);
        return (group switch { "core" => "", "discovery" => "discovery.k8s.io", "coordination" => "coordination.k8s.io", "apiextensions" => "apiextensions.k8s.io", "meta" => "meta.k8s.io", _ => group }, version);
    }

    private static ResourceType Declared(TypeDeclaration type)
    {
        var (group, version) = GroupVersion(type.Group);
        var resource = type.Resource!;
        var own = new GroupVersionKind(group, version, type.Name);
        return new ResourceType(new(group, version, resource.Plural), type.Name, () => Schemas.Of(type.FullName))
        {
            Namespaced = resource.Namespaced,
            Singular = resource.Singular,
            ShortNames = [.. resource.ShortNames],
            Categories = [.. resource.Categories],
            Verbs = [.. resource.Verbs],
            Subresources = [.. resource.Subresources.Select(part => new SubresourceType(part.Name, [.. part.Verbs], part.Kind is null ? own : Kind(part.Kind)))],
            Columns = [.. resource.Columns.Select(column => new PrinterColumn(column.Name, column.Type, column.Wide, column.Cell))],
        };
    }

    private static GroupVersionKind Kind(string text)
    {
        var slash = text.LastIndexOf('/');
        return GroupVersionKind.Of(text[..slash], text[(slash + 1)..]);
    }
}
