namespace AkkaKube.Api.Strategy;

/// <summary>What happens to the dependents of an object that is deleted without a word about them.</summary>
public enum GarbageCollectionPolicy
{
    /// <summary>The garbage collector deletes them afterwards.</summary>
    DeleteDependents,

    /// <summary>Objects of this resource own nothing.</summary>
    Unsupported,
}
