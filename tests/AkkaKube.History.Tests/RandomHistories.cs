using System.Collections.Immutable;

namespace AkkaKube.History.Tests;

/// <summary>Histories of a correct store whose clients draw what they do from a seed: each operation takes effect at one moment between its begin and its end.</summary>
internal static class RandomHistories
{
    public static Record Correct(int seed, int steps, int keys)
    {
        var random = new Random(seed);
        var held = new Dictionary<string, Held>();
        var log = new List<(string Key, Held Held, bool IsNew, long At)>();
        var operations = new List<Operation>();
        var revision = 1L;
        for (var i = 0; i < steps; i++)
        {
            // One moment after another; what spreads around them overlaps.
            var moment = (i + 1) * 10L;
            var (invoked, returned) = (moment - random.Next(1, 35), moment + random.Next(1, 35));
            var key = "k" + random.Next(keys);
            var exists = held.TryGetValue(key, out var current);
            switch (random.Next(5))
            {
                case 0 or 1:
                    var value = "v" + i;
                    // Some updates ask for what was there once.
                    long? expected = !exists ? (random.Next(8) == 0 ? 1 : null) : random.Next(4) == 0 ? (random.Next(2) == 0 ? null : Math.Max(1, current.Revision - random.Next(1, 4))) : current.Revision;
                    var carriedOut = exists ? expected == current.Revision : expected is null;
                    if (carriedOut)
                    {
                        held[key] = new Held(++revision, value);
                        log.Add((key, held[key], !exists, moment));
                    }
                    var answered = random.Next(10) > 0;
                    operations.Add(answered
                        ? new Write(invoked, returned, key, value, expected, carriedOut ? Outcome.Acknowledged : Outcome.Refused, carriedOut ? revision : 0)
                        : new Write(invoked, long.MaxValue, key, value, expected, Outcome.Unknown, 0));
                    // A client can expect only a revision that somebody has seen.
                    if (!answered && carriedOut) operations.Add(new Get(moment, moment + random.Next(1, 35), key, held[key]));
                    break;
                case 2 or 3:
                    operations.Add(new Get(invoked, returned, key, exists ? current : null));
                    break;
                default:
                    operations.Add(new Listing(invoked, returned, revision, held.ToImmutableDictionary()));
                    break;
            }
        }
        var end = (steps + 10) * 10L;
        operations.Add(new Listing(end, end + 1, revision, held.ToImmutableDictionary()));
        var from = log.Count == 0 ? 1 : random.NextInt64(1, revision + 1);
        var events = log.Where(e => e.Held.Revision > from).Select(e => new Seen(e.At + random.Next(40, 60), e.Key, e.Held, e.IsNew)).OrderBy(e => e.Held.Revision).ToImmutableArray();
        return new Record([.. operations], [new Watching("w", from, revision, events)]);
    }

    /// <summary>The same with one thing in it that no correct store shows; null where the history has nothing of the kind.</summary>
    public static Record? Break(Record record, int seed)
    {
        var random = new Random(seed);
        var watch = record.Watches[0];
        switch (random.Next(5))
        {
            case 0 when watch.Events.Length > 0: // an event is left out
                return record with { Watches = [watch with { Events = watch.Events.RemoveAt(random.Next(watch.Events.Length)) }] };
            case 1 when watch.Events.Length > 1: // two events change places
                var at = random.Next(watch.Events.Length - 1);
                return record with { Watches = [watch with { Events = watch.Events.SetItem(at, watch.Events[at + 1]).SetItem(at + 1, watch.Events[at]) }] };
            case 2: // a get long afterwards shows an earlier state
                var updated = record.Operations.OfType<Write>().Where(w => w.Outcome == Outcome.Acknowledged && w.Expected is not null).ToList();
                if (updated.Count == 0) return null;
                var write = updated[random.Next(updated.Count)];
                var before = record.Operations.OfType<Write>().FirstOrDefault(w => w.Revision == write.Expected);
                return before is null ? null : record with { Operations = record.Operations.Add(new Get(write.Returned + 1, write.Returned + 2, write.Key, new Held(before.Revision, before.Value))) };
            case 3: // an acknowledged object is missing in the last list
                var last = (Listing)record.Operations[^1];
                return last.Items.Count == 0 ? null : record with { Operations = record.Operations.SetItem(record.Operations.Length - 1, last with { Items = last.Items.Remove(last.Items.Keys.Order(StringComparer.Ordinal).First()) }) };
            default: // a revision is given out twice
                var acknowledged = record.Operations.OfType<Write>().Where(w => w.Outcome == Outcome.Acknowledged).ToList();
                if (acknowledged.Count < 2) return null;
                return record with { Operations = record.Operations.Replace(acknowledged[^1], acknowledged[^1] with { Revision = acknowledged[0].Revision }) };
        }
    }
}
