using Akka.Actor;

namespace Akka.Persistence;

/// <summary>The stash of the user: what he takes back is handled before the commands that wait for a write.</summary>
internal sealed class InternalStashAwareStash(IStash user, IStash waiting) : IStash
{
    public int Capacity => user.Capacity;

    public int Count => user.Count;

    public bool IsEmpty => user.IsEmpty;

    public bool NonEmpty => user.NonEmpty;

    public bool IsFull => user.IsFull;

    public void Stash() => user.Stash();

    public void Unstash() => user.Unstash();

    // Commands come out of the waiting ones one by one; taking all back means to come before them.
    public void UnstashAll() => waiting.Prepend(user.ClearStash());

    public void UnstashAll(Func<Envelope, bool> predicate) => user.UnstashAll(predicate);

    public IEnumerable<Envelope> ClearStash() => user.ClearStash();

    public void Prepend(IEnumerable<Envelope> envelopes) => user.Prepend(envelopes);
}
