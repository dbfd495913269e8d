using AkkaKube.Api.Errors;
using AkkaKube.Api.Validation;

namespace AkkaKube.Api.Strategy;

/// <summary>A strategy whose objects are of one record type. What it does not say is what most resources do.</summary>
internal abstract class KindStrategy<T> : IStrategy
    where T : class, IApiObject
{
    public virtual bool IsNamespaced => true;

    public virtual bool AllowsCreateOnUpdate => false;

    public virtual bool AllowsUnconditionalUpdate => true;

    public virtual GarbageCollectionPolicy GarbageCollection => GarbageCollectionPolicy.DeleteDependents;

    public virtual ValueList<string> ResetFields => [];

    public virtual string? Deprecation => null;

    public IApiObject PrepareForCreate(IApiObject created) => Prepare((T)created);

    public IApiObject PrepareForUpdate(IApiObject updated, IApiObject old) => Prepare((T)updated, (T)old);

    public IReadOnlyList<FieldError> Validate(IApiObject created)
    {
        var errors = new FieldErrors();
        Check(errors, (T)created);
        return errors.Found;
    }

    public IReadOnlyList<FieldError> ValidateUpdate(IApiObject updated, IApiObject old)
    {
        var errors = new FieldErrors();
        Check(errors, (T)updated, (T)old);
        return errors.Found;
    }

    public IReadOnlyList<string> WarningsOnCreate(IApiObject created)
    {
        var warnings = new Warnings();
        Warn(warnings, (T)created);
        return warnings.Found;
    }

    public IReadOnlyList<string> WarningsOnUpdate(IApiObject updated, IApiObject old)
    {
        var warnings = new Warnings();
        Warn(warnings, (T)updated, (T)old);
        return warnings.Found;
    }

    public IApiObject Canonicalize(IApiObject valid) => Canonical((T)valid);

    public long? GracePeriod(IApiObject deleted, long? asked) => Grace((T)deleted, asked);

    protected virtual T Prepare(T created) => created;

    protected virtual T Prepare(T updated, T old) => updated;

    protected abstract void Check(FieldErrors errors, T created);

    protected abstract void Check(FieldErrors errors, T updated, T old);

    protected virtual void Warn(Warnings warnings, T created)
    {
    }

    protected virtual void Warn(Warnings warnings, T updated, T old)
    {
    }

    protected virtual T Canonical(T valid) => valid;

    protected virtual long? Grace(T deleted, long? asked) => null;
}
