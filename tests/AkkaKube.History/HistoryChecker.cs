using System.Collections.Immutable;

namespace AkkaKube.History;

/// <summary>
/// Decides whether one linearizable store with rising revisions could have shown a history to its clients (Herlihy and Wing 1990). The store
/// itself says in which order it carried writes out, by their revisions, so there is no order to search for: a history is correct exactly when
/// that order agrees with what happened before what, with what each read showed, and with each watch.
/// </summary>
public sealed class HistoryChecker
{
    private readonly Record _record;
    private readonly List<Violation> _violations = [];
    private readonly Dictionary<string, Write> _writers = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Version> _byRevision = [];
    private readonly Dictionary<string, Chain> _chains = new(StringComparer.Ordinal);
    private readonly Frontier _certain = new();

    private HistoryChecker(Record record) => _record = record;

    /// <summary>What is wrong with a history; nothing when it is correct.</summary>
    public static ImmutableArray<Violation> Check(Record record)
    {
        var checker = new HistoryChecker(record);
        checker.Gather();
        checker.CheckWrites();
        foreach (var operation in record.Operations)
        {
            switch (operation)
            {
                case Get get: checker.Check(get); break;
                case Listing list: checker.Check(list); break;
            }
        }
        foreach (var watch in record.Watches) checker.Check(watch);
        return [.. checker._violations];
    }

    /// <summary>Every state that anybody saw, who wrote it, and since when it was certain.</summary>
    private void Gather()
    {
        foreach (var write in _record.Operations.OfType<Write>())
        {
            if (!_writers.TryAdd(write.Value, write)) Say(Rule.OneRevisionOneWrite, $"the value {write.Value} was written twice: the history is not one to check");
        }
        foreach (var operation in _record.Operations)
        {
            switch (operation)
            {
                case Write { Outcome: Outcome.Acknowledged } write: Know(write.Key, new Held(write.Revision, write.Value), write.Returned, write.Returned); break;
                case Get { Found: { } found } get: Know(get.Key, found, get.Returned, get.Returned); break;
                case Listing list:
                    foreach (var (key, held) in list.Items) Know(key, held, list.Returned, list.Returned);
                    break;
            }
        }
        foreach (var seen in _record.Watches.SelectMany(watch => watch.Events)) Know(seen.Key, seen.Held, seen.At, seen.At);
        CheckOrder();
        foreach (var chain in _chains.Values) chain.Close();
        foreach (var version in _byRevision.Values) _certain.Add(version.CertainBy, version.Held.Revision);
        _certain.Close();
    }

    /// <summary>A state is there when all with lower revisions have been, so not before the last of them was written.</summary>
    private void CheckOrder()
    {
        Version? last = null;
        foreach (var version in _byRevision.Values.OrderBy(v => v.Held.Revision))
        {
            if (last is null || version.Writer.Invoked > last.Writer.Invoked) last = version;
            if (version.CertainBy < last.Writer.Invoked) Say(Rule.WritesInOrder, $"revision {version.Held.Revision} ({version.Key}) was there at {version.CertainBy}; revision {last.Held.Revision} ({last.Key}) was written later, at {last.Writer.Invoked}");
        }
    }

    private void Know(string key, Held held, long seenBy, long certainBy)
    {
        if (!_writers.TryGetValue(held.Value, out var writer) || writer.Key != key)
        {
            Say(Rule.NothingFromNowhere, $"{key} held {held.Value} at revision {held.Revision}, which nobody wrote there");
            return;
        }
        if (writer.Invoked > seenBy) Say(Rule.NothingFromNowhere, $"{key} showed {held.Value} (revision {held.Revision}) at {seenBy}, before it was written at {writer.Invoked}");
        if (writer.Outcome == Outcome.Refused) Say(Rule.NothingFromNowhere, $"{key} held {held.Value} at revision {held.Revision}, though its write was refused");
        if (writer.Outcome == Outcome.Acknowledged && writer.Revision != held.Revision) Say(Rule.OneRevisionOneWrite, $"{key}: {held.Value} was acknowledged with revision {writer.Revision} and seen with {held.Revision}");
        if (_byRevision.TryGetValue(held.Revision, out var known))
        {
            if (known.Key != key || known.Held != held) Say(Rule.OneRevisionOneWrite, $"revision {held.Revision} is both {known.Key} = {known.Held.Value} and {key} = {held.Value}");
            else known.CertainBy = Math.Min(known.CertainBy, certainBy);
            return;
        }
        var version = new Version(key, held, writer) { CertainBy = certainBy };
        _byRevision[held.Revision] = version;
        if (!_chains.TryGetValue(key, out var chain)) _chains[key] = chain = new Chain(key);
        if (chain.Has(held.Value)) Say(Rule.OneRevisionOneWrite, $"{key}: {held.Value} has the revision {held.Revision} and another one");
        chain.Add(version);
    }

    private void CheckWrites()
    {
        foreach (var chain in _chains.Values)
        {
            Version? previous = null;
            foreach (var version in chain.Versions)
            {
                if (version.Writer.Expected != previous?.Held.Revision) Say(Rule.CompareAndSwap, $"{chain.Key}: revision {version.Held.Revision} asked for {Text(version.Writer.Expected)} and followed {Text(previous?.Held.Revision)}");
                previous = version;
            }
        }
        foreach (var write in _record.Operations.OfType<Write>())
        {
            if (write.Outcome == Outcome.Refused) CheckRefusal(write);
        }
    }

    private void CheckRefusal(Write write)
    {
        var chain = _chains.GetValueOrDefault(write.Key);
        if (write.Expected is not { } expected)
        {
            // Another create, even one of unknown outcome, may have been first.
            var couldExist = chain?.Versions.Any(v => v.Writer.Invoked <= write.Returned) == true
                || _record.Operations.OfType<Write>().Any(other => other != write && other.Key == write.Key && other.Outcome == Outcome.Unknown && other.Invoked <= write.Returned);
            if (!couldExist) Say(Rule.RefusedForAReason, $"{write.Key}: a create was refused at {write.Returned}, and the key did not exist");
            return;
        }
        if (chain is null || !_byRevision.TryGetValue(expected, out var current) || current.Key != write.Key) return; // it asked for a revision that never was
        var next = chain.After(expected);
        var heldBefore = current.CertainBy < write.Invoked;
        var heldAfter = next is null || next.Writer.Invoked > write.Returned;
        // An update of unknown outcome that nobody ever saw cannot have happened: it would be the last state of its key, or an update would have followed it.
        if (heldBefore && heldAfter) Say(Rule.RefusedForAReason, $"{write.Key}: an update of revision {expected} was refused between {write.Invoked} and {write.Returned}, while that was the current one");
    }

    private void Check(Get get)
    {
        var certain = _chains.GetValueOrDefault(get.Key)?.CertainAt(get.Invoked) ?? 0;
        var shown = get.Found?.Revision ?? 0;
        if (shown < certain) Say(Rule.NoStaleRead, $"a get of {get.Key} that began at {get.Invoked} showed {Text(get.Found?.Revision)}; {certain} was certain by then");
    }

    private void Check(Listing list)
    {
        if (_certain.At(list.Invoked) is var certain && list.Revision < certain) Say(Rule.NoStaleRead, $"a list that began at {list.Invoked} is of revision {list.Revision}; {certain} was certain by then");
        foreach (var chain in _chains.Values)
        {
            var expected = chain.At(list.Revision)?.Held;
            Held? shown = list.Items.TryGetValue(chain.Key, out var item) ? item : null;
            if (expected != shown) Say(Rule.ListIsOneMoment, $"a list of revision {list.Revision} shows {chain.Key} at {Text(shown?.Revision)}; it was at {Text(expected?.Revision)}");
        }
    }

    private void Check(Watching watch)
    {
        var last = watch.From;
        foreach (var seen in watch.Events)
        {
            if (seen.Held.Revision <= last) Say(Rule.WatchInOrder, $"the watch of {watch.Client} showed revision {seen.Held.Revision} ({seen.Key}) after {last}");
            last = Math.Max(last, seen.Held.Revision);
            if (_chains.TryGetValue(seen.Key, out var chain) && chain.Versions.Count > 0 && seen.IsNew != (chain.Versions[0].Held.Revision == seen.Held.Revision))
            {
                Say(Rule.WatchSaysWhatHappened, $"the watch of {watch.Client} called revision {seen.Held.Revision} of {seen.Key} {(seen.IsNew ? "ADDED" : "MODIFIED")}");
            }
        }
        var until = Math.Max(last, watch.Until);
        var shown = watch.Events.Select(seen => seen.Held.Revision).ToHashSet();
        foreach (var version in _byRevision.Values)
        {
            if (version.Held.Revision > watch.From && version.Held.Revision <= until && !shown.Contains(version.Held.Revision))
            {
                Say(Rule.WatchWithoutGap, $"the watch of {watch.Client} from {watch.From} to {until} left out revision {version.Held.Revision} ({version.Key})");
            }
        }
    }

    private void Say(Rule rule, string what) => _violations.Add(new Violation(rule, what));

    private static string Text(long? revision) => revision is { } number ? $"revision {number}" : "nothing";
}
