namespace AkkaKube.History.Tests;

/// <summary>Tries every order in which the operations on one key may have taken effect (Wing and Gong 1993). For short histories.</summary>
internal static class AllOrders
{
    public static bool Admit(Record record)
    {
        var revisions = new Dictionary<string, long>();
        foreach (var operation in record.Operations)
        {
            if (operation is Get { Found: { } found }) revisions[found.Value] = found.Revision;
            if (operation is Write { Outcome: Outcome.Acknowledged } write) revisions[write.Value] = write.Revision;
            if (operation is Listing list) foreach (var held in list.Items.Values) revisions[held.Value] = held.Revision;
        }
        return Search([.. record.Operations], null, 1, revisions);
    }

    /// <param name="left">What has not taken effect yet.</param>
    /// <param name="held">What the key holds.</param>
    /// <param name="last">The last revision given out.</param>
    /// <param name="revisions">Of the values that somebody saw.</param>
    private static bool Search(List<Operation> left, Held? held, long last, Dictionary<string, long> revisions)
    {
        if (left.TrueForAll(operation => operation is Write { Outcome: Outcome.Unknown })) return true;
        var firstEnd = left.Min(operation => operation.Returned);
        foreach (var next in left)
        {
            // What began after another one had ended comes after it.
            if (next.Invoked > firstEnd) continue;
            var rest = left.Where(operation => operation != next).ToList();
            switch (next)
            {
                case Get get when get.Found == held:
                    if (Search(rest, held, last, revisions)) return true;
                    break;
                case Listing list when list.Items.Count == (held is null ? 0 : 1) && (held is null || list.Items.Values.Single() == held) && list.Revision == last:
                    if (Search(rest, held, last, revisions)) return true;
                    break;
                case Write { Outcome: Outcome.Refused } write when write.Expected != held?.Revision:
                    if (Search(rest, held, last, revisions)) return true;
                    break;
                case Write { Outcome: Outcome.Acknowledged } write when write.Expected == held?.Revision && write.Revision > last:
                    if (Search(rest, new Held(write.Revision, write.Value), write.Revision, revisions)) return true;
                    break;
                case Write { Outcome: Outcome.Unknown } write:
                    if (Search(rest, held, last, revisions)) return true;
                    if (write.Expected == held?.Revision && revisions.TryGetValue(write.Value, out var seen) && seen > last && Search(rest, new Held(seen, write.Value), seen, revisions)) return true;
                    break;
            }
        }
        return false;
    }
}
