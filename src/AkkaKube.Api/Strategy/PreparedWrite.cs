using AkkaKube.Api.Errors;
using AkkaKube.Api.Validation;

namespace AkkaKube.Api.Strategy;

/// <summary>What becomes of an object that a client wants to write: the object to store, or what is wrong with it, and what the client should know.</summary>
/// <param name="Object">To be stored, if there are no errors.</param>
/// <param name="Errors">The causes of the refusal, in the order in which they are told.</param>
/// <param name="Warnings">Told with the answer; none when there are errors.</param>
public sealed record PreparedWrite(IApiObject Object, IReadOnlyList<FieldError> Errors, IReadOnlyList<string> Warnings)
{
    /// <summary>The object may be stored.</summary>
    public bool IsValid => Errors.Count == 0;

    /// <summary>
    /// Of a new object that has its name, uid and creation time already. What holds for the metadata of any object is looked at only
    /// when the strategy has nothing to say against it, as then every name rule of a kind has been asked before.
    /// </summary>
    public static PreparedWrite ForCreate(IStrategy strategy, IApiObject created)
    {
        var meta = created.Metadata;
        if (meta.DeletionTimestamp is not null || meta.DeletionGracePeriodSeconds is not null)
            created = created.WithMetadata(meta with { DeletionTimestamp = null, DeletionGracePeriodSeconds = null });
        created = strategy.PrepareForCreate(created);
        var errors = strategy.Validate(created);
        if (errors.Count == 0)
        {
            var general = new FieldErrors();
            ObjectMetaValidation.Check(general, created.Metadata, strategy.IsNamespaced, Names.PathSegment);
            errors = general.Found;
        }
        return errors.Count > 0
            ? new(created, errors, [])
            : new(strategy.Canonicalize(created), [], strategy.WarningsOnCreate(created));
    }

    /// <summary>Of a changed object. What the server alone says in the metadata is taken from the old one first.</summary>
    public static PreparedWrite ForUpdate(IStrategy strategy, IApiObject updated, IApiObject old)
    {
        var before = old.Metadata;
        updated = strategy.PrepareForUpdate(updated.WithMetadata(updated.Metadata with { Generation = before.Generation }), old);
        var meta = updated.Metadata;
        updated = updated.WithMetadata(meta with
        {
            Uid = string.IsNullOrEmpty(meta.Uid) ? before.Uid : meta.Uid,
            CreationTimestamp = before.CreationTimestamp ?? meta.CreationTimestamp,
            DeletionTimestamp = before.DeletionTimestamp ?? meta.DeletionTimestamp,
            DeletionGracePeriodSeconds = meta.DeletionGracePeriodSeconds ?? before.DeletionGracePeriodSeconds,
        });
        var general = new FieldErrors();
        ObjectMetaValidation.CheckUpdate(general, updated.Metadata, before);
        var errors = strategy.ValidateUpdate(updated, old);
        if (general.Count > 0) errors = [.. general.Found, .. errors];
        return errors.Count > 0
            ? new(updated, errors, [])
            : new(strategy.Canonicalize(updated), [], strategy.WarningsOnUpdate(updated, old));
    }
}
