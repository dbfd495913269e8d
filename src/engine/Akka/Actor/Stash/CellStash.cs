namespace Akka.Actor;

/// <summary>The stash of a cell. Going back means to the head of its mailbox.</summary>
internal sealed class CellStash(ActorCell cell) : IStash
{
    private readonly LinkedList<Envelope> _stashed = [];

    public int Capacity => -1;
    public int Count => _stashed.Count;
    public bool IsEmpty => _stashed.Count == 0;
    public bool NonEmpty => _stashed.Count > 0;
    public bool IsFull => false;

    public void Stash()
    {
        var message = cell.CurrentMessage ?? throw new InvalidOperationException("There is no message to put aside.");
        if (cell.CurrentIsStashed) throw new IllegalActorStateException($"Can't stash the same message {message} more than once");
        cell.CurrentIsStashed = true;
        _stashed.AddLast(new Envelope(message, cell.Sender));
    }

    public void Unstash()
    {
        if (_stashed.First is not { } first) return;
        _stashed.RemoveFirst();
        cell.Prepend([first.Value]);
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        if (_stashed.Count == 0) return;
        var back = _stashed.Where(predicate).ToList();
        _stashed.Clear();
        cell.Prepend(back);
    }

    public IEnumerable<Envelope> ClearStash()
    {
        var all = _stashed.ToList();
        _stashed.Clear();
        return all;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse()) _stashed.AddFirst(envelope);
    }
}
