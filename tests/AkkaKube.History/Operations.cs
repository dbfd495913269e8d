using System.Collections.Immutable;

namespace AkkaKube.History;

/// <summary>One request of a client. Times are ticks of one monotonic clock that all clients share.</summary>
/// <param name="Invoked">A moment before the request went out.</param>
/// <param name="Returned">A moment after the answer came; <see cref="long.MaxValue"/> where none came.</param>
public abstract record Operation(long Invoked, long Returned);

/// <summary>A create or an update of one key.</summary>
/// <param name="Invoked">See <see cref="Operation"/>.</param>
/// <param name="Returned">See <see cref="Operation"/>.</param>
/// <param name="Key">The object.</param>
/// <param name="Value">What it holds from then on; no two writes of a history have the same.</param>
/// <param name="Expected">The revision that an update asked for; null for a create.</param>
/// <param name="Outcome">What the client knows of it.</param>
/// <param name="Revision">The one it was acknowledged with; 0 where it was not.</param>
public sealed record Write(long Invoked, long Returned, string Key, string Value, long? Expected, Outcome Outcome, long Revision) : Operation(Invoked, Returned);

/// <summary>What a client knows of its write.</summary>
public enum Outcome
{
    /// <summary>Carried out.</summary>
    Acknowledged,

    /// <summary>Not carried out: the key exists already, or has another revision (409).</summary>
    Refused,

    /// <summary>No answer, or one that does not tell: it may have been carried out, or will be.</summary>
    Unknown,
}

/// <summary>A linearizable get.</summary>
/// <param name="Invoked">See <see cref="Operation"/>.</param>
/// <param name="Returned">See <see cref="Operation"/>.</param>
/// <param name="Key">The object.</param>
/// <param name="Found">What was there; null: nothing.</param>
public sealed record Get(long Invoked, long Returned, string Key, Held? Found) : Operation(Invoked, Returned);

/// <summary>A linearizable list of all keys.</summary>
/// <param name="Invoked">See <see cref="Operation"/>.</param>
/// <param name="Returned">See <see cref="Operation"/>.</param>
/// <param name="Revision">The revision of the list.</param>
/// <param name="Items">By key.</param>
public sealed record Listing(long Invoked, long Returned, long Revision, ImmutableDictionary<string, Held> Items) : Operation(Invoked, Returned);

/// <summary>What a key holds, and since which revision.</summary>
public readonly record struct Held(long Revision, string Value);

/// <summary>A watch of all keys as its client saw it, over all its reconnections.</summary>
/// <param name="Client">Whose it was.</param>
/// <param name="From">It began after this revision.</param>
/// <param name="Until">Everything up to this revision must have been seen; 0: up to the last event.</param>
/// <param name="Events">In the order in which they came.</param>
public sealed record Watching(string Client, long From, long Until, ImmutableArray<Seen> Events);

/// <summary>One event of a watch.</summary>
/// <param name="At">When the client had it.</param>
/// <param name="Key">The object.</param>
/// <param name="Held">What it holds.</param>
/// <param name="IsNew">The event said ADDED, not MODIFIED.</param>
public readonly record struct Seen(long At, string Key, Held Held, bool IsNew);

/// <summary>Everything that the clients of one store saw. Nothing is ever deleted in it.</summary>
/// <param name="Operations">In any order.</param>
/// <param name="Watches">In any order.</param>
public sealed record Record(ImmutableArray<Operation> Operations, ImmutableArray<Watching> Watches);

/// <summary>Something that no correct store shows.</summary>
/// <param name="Rule">Which rule it breaks.</param>
/// <param name="What">What was seen, with keys, revisions and times.</param>
public sealed record Violation(Rule Rule, string What)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Rule}: {What}";
}

/// <summary>What a correct store guarantees.</summary>
public enum Rule
{
    /// <summary>A revision belongs to one write, and a write has one revision.</summary>
    OneRevisionOneWrite,

    /// <summary>Nothing is read that nobody wrote, and nothing before it was written.</summary>
    NothingFromNowhere,

    /// <summary>A write that began after another one was acknowledged has a higher revision.</summary>
    WritesInOrder,

    /// <summary>An update follows the very revision that it expected; a create is the first.</summary>
    CompareAndSwap,

    /// <summary>A write is refused only when its condition could have been false.</summary>
    RefusedForAReason,

    /// <summary>A read that began after something was certain shows that or something newer; so no acknowledged write is lost.</summary>
    NoStaleRead,

    /// <summary>A list shows every key as it was at the revision of the list.</summary>
    ListIsOneMoment,

    /// <summary>The revisions of a watch rise.</summary>
    WatchInOrder,

    /// <summary>A watch leaves nothing out.</summary>
    WatchWithoutGap,

    /// <summary>The first event of a key says ADDED, the others MODIFIED.</summary>
    WatchSaysWhatHappened,
}
