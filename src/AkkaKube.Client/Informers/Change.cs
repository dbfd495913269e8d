using AkkaKube.Api;

namespace AkkaKube.Client.Informers;

/// <summary>What became of an object in a store.</summary>
public enum ChangeType
{
    /// <summary>Was not there before.</summary>
    Added,

    /// <summary>Was there in another version.</summary>
    Modified,

    /// <summary>Is no longer there.</summary>
    Deleted,
}

/// <summary>One change of one object, with its state before and after.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Old">Before; null when added.</param>
/// <param name="New">After; null when deleted.</param>
public readonly record struct Change<T>(ChangeType Type, T? Old, T? New)
    where T : class, IApiObject
{
    /// <summary>The newest state that is known: after the change, or the last one of a deleted object.</summary>
    public T Object => (New ?? Old)!;
}
