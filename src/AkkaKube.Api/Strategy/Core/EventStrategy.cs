using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Validation;
using AkkaKube.Api.Validation.Core;

namespace AkkaKube.Api.Strategy.Core;

/// <summary>Events, which own nothing and may be created by an update.</summary>
internal sealed class EventStrategy : KindStrategy<Event>
{
    public override bool AllowsCreateOnUpdate => true;

    public override GarbageCollectionPolicy GarbageCollection => GarbageCollectionPolicy.Unsupported;

    protected override void Check(FieldErrors errors, Event created) => EventValidation.Check(errors, created);

    protected override void Check(FieldErrors errors, Event updated, Event old) => EventValidation.Check(errors, updated);
}
