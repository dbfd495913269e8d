using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Strategy;

/// <summary>
/// What the registry does with the objects of one resource (or of one of its subresources) beyond storing them. Every member is a pure function;
/// <see cref="PreparedWrite"/> calls them in the order in which the API server does.
/// </summary>
public interface IStrategy
{
    /// <summary>Its objects live in namespaces.</summary>
    bool IsNamespaced { get; }

    /// <summary>A PUT may create the object.</summary>
    bool AllowsCreateOnUpdate { get; }

    /// <summary>A PUT need not say the resourceVersion that it replaces.</summary>
    bool AllowsUnconditionalUpdate { get; }

    /// <summary>What happens to dependents when the delete request does not say.</summary>
    GarbageCollectionPolicy GarbageCollection { get; }

    /// <summary>Dotted paths of what a request to this resource cannot change, and nobody can therefore own through it.</summary>
    ValueList<string> ResetFields { get; }

    /// <summary>Told with each answer about a resource that one should no longer use.</summary>
    string? Deprecation { get; }

    /// <summary>Sets and clears what is not the client's to say in a new object.</summary>
    IApiObject PrepareForCreate(IApiObject created);

    /// <summary>Sets and clears what is not the client's to change; counts the generation up when what is wanted changes.</summary>
    IApiObject PrepareForUpdate(IApiObject updated, IApiObject old);

    /// <summary>What is wrong with a new object.</summary>
    IReadOnlyList<FieldError> Validate(IApiObject created);

    /// <summary>What is wrong with a changed object, or with the change.</summary>
    IReadOnlyList<FieldError> ValidateUpdate(IApiObject updated, IApiObject old);

    /// <summary>What the creator should know, though it is valid.</summary>
    IReadOnlyList<string> WarningsOnCreate(IApiObject created);

    /// <summary>What the updater should know, though it is valid.</summary>
    IReadOnlyList<string> WarningsOnUpdate(IApiObject updated, IApiObject old);

    /// <summary>Brings a valid object into the form in which it is stored.</summary>
    IApiObject Canonicalize(IApiObject valid);

    /// <summary>How many seconds a deleted object lives on; null where objects go at once.</summary>
    long? GracePeriod(IApiObject deleted, long? asked);
}
