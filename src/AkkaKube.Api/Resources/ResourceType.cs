using AkkaKube.Api.Schema;

namespace AkkaKube.Api;

/// <summary>A resource that the API serves, with everything that was declared about it.</summary>
public sealed class ResourceType
{
    private readonly Func<TypeSchema> _schema;

    /// <summary>A resource whose schema is asked for when first needed.</summary>
    public ResourceType(GroupVersionResource resource, string kind, Func<TypeSchema> schema)
    {
        Resource = resource;
        Kind = kind;
        _schema = schema;
    }

    /// <summary>Group, version and plural name.</summary>
    public GroupVersionResource Resource { get; }

    /// <summary>The kind of its objects.</summary>
    public string Kind { get; }

    /// <summary>The kind of a list of them.</summary>
    public string ListKind => Kind + "List";

    /// <summary>The kind with group and version.</summary>
    public GroupVersionKind GroupVersionKind => new(Resource.Group, Resource.Version, Kind);

    /// <summary>The kind with its group.</summary>
    public GroupKind GroupKind => new(Resource.Group, Kind);

    /// <summary>Its objects live in namespaces.</summary>
    public bool Namespaced { get; init; }

    /// <summary>The name of one, e.g. <c>pod</c>.</summary>
    public string Singular { get; init; } = "";

    /// <summary>E.g. <c>po</c>.</summary>
    public ValueList<string> ShortNames { get; init; }

    /// <summary>E.g. <c>all</c>.</summary>
    public ValueList<string> Categories { get; init; }

    /// <summary>What can be done with it.</summary>
    public ValueList<string> Verbs { get; init; }

    /// <summary>Its parts with paths of their own.</summary>
    public ValueList<SubresourceType> Subresources { get; init; }

    /// <summary>What <c>kubectl get</c> prints.</summary>
    public ValueList<PrinterColumn> Columns { get; init; }

    /// <summary>The fields of its objects.</summary>
    public TypeSchema Schema => field ??= _schema();

    /// <summary>Finds a subresource by name.</summary>
    public SubresourceType? Subresource(string name)
    {
        foreach (var subresource in Subresources)
        {
            if (subresource.Name == name)
                return subresource;
        }

        return null;
    }

    /// <summary>Group, version and plural name.</summary>
    public override string ToString() => Resource.ToString();
}

/// <summary>A part of an object with a path of its own.</summary>
/// <param name="Name">E.g. <c>status</c>.</param>
/// <param name="Verbs">What can be done with it.</param>
/// <param name="Kind">The kind of what is sent and answered.</param>
public sealed record SubresourceType(string Name, ValueList<string> Verbs, GroupVersionKind Kind);

/// <summary>A column that <c>kubectl get</c> prints.</summary>
/// <param name="Name">Its head.</param>
/// <param name="Type">string, integer, boolean or date.</param>
/// <param name="Wide">Only with <c>-o wide</c>.</param>
/// <param name="Cell">A path (<c>.spec.replicas</c>) or the name of a cell function (<c>@podStatus</c>).</param>
public sealed record PrinterColumn(string Name, string Type, bool Wide, string Cell);
