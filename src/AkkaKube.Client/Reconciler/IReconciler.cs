using AkkaKube.Api;

namespace AkkaKube.Client.Reconciler;

/// <summary>Decides what to write so that one object becomes what it should be.</summary>
/// <remarks>
/// It looks at the whole state in its listers, not at what changed, and may be asked at any time and any number of times. A key is
/// reconciled by one at a time, and only when the listers have all earlier writes for that key.
/// </remarks>
public interface IReconciler
{
    /// <summary>The writes that bring the object with this key closer to what it should be; none when it is.</summary>
    IEnumerable<Write> Reconcile(ObjectKey key, DateTimeOffset now);
}
