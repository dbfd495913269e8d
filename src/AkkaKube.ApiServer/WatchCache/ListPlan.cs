using AkkaKube.Api;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.WatchCache;

/// <summary>What a list has to wait for before it can be answered, and the answer (Kubernetes: resourceVersion and resourceVersionMatch).</summary>
internal abstract record ListPlan
{
    /// <summary>What the cache has will do.</summary>
    public sealed record Now : ListPlan;

    /// <summary>All that was acknowledged before must be there.</summary>
    public sealed record Consistent : ListPlan;

    /// <summary>All up to a revision must be there.</summary>
    public sealed record NotBefore(long Revision) : ListPlan;

    /// <summary>The list cannot be answered.</summary>
    public sealed record Refuse(Status Status) : ListPlan;

    public static ListPlan Of(List list, long current, long start)
    {
        if (!string.IsNullOrEmpty(list.Continue)) return PlanOfPage(list, current, start);
        if (string.IsNullOrEmpty(list.ResourceVersion)) return new Consistent();
        if (!ulong.TryParse(list.ResourceVersion, out var revision)) return new Refuse(Refusals.InvalidResourceVersion(list.ResourceVersion));
        if (revision == 0) return new Now();
        if (IsExact(list) && (long)revision < start) return new Refuse(Refusals.TooOld((long)revision, start));
        return (long)revision > current ? new NotBefore((long)revision) : new Now();
    }

    private static ListPlan PlanOfPage(List list, long current, long start)
    {
        if (ContinueToken.Decode(list.Continue!, out var problem) is not { } token) return new Refuse(Refusals.BadRequest($"invalid continue token: {problem}"));
        // A negative revision asks for the rest as it is now: what a client gets that goes on after a 410.
        if (token.Revision < 0) return new Consistent();
        if (token.Revision < start) return new Refuse(Refusals.ContinueExpired(token with { Revision = -1 }));
        return token.Revision > current ? new NotBefore(token.Revision) : new Now();
    }

    /// <summary>With a limit, a resourceVersion without a match means exactly that one.</summary>
    private static bool IsExact(List list) =>
        list.ResourceVersionMatch == "Exact" || (list.ResourceVersionMatch is null or "" && list.Limit > 0 && list.ResourceVersion is not (null or "" or "0"));

    public delegate ReadOnlyMemory<ApiObject> ObjectsOf(Scope scope, string? start);

    /// <summary>The answer, once everything waited for is there.</summary>
    public static ApiReply Answer(List list, Scope scope, ObjectsOf objects, EventHistory history, long current)
    {
        var token = string.IsNullOrEmpty(list.Continue) ? null : ContinueToken.Decode(list.Continue, out _);
        var revision = token is { Revision: > 0 } page ? page.Revision : token is null && IsExact(list) ? long.Parse(list.ResourceVersion!, System.Globalization.CultureInfo.InvariantCulture) : current;
        var found = objects(scope, token?.StartPath);
        if (revision < current)
        {
            if (history.After(revision) is not { } since) return new Failed(list.Tag, Refusals.TooOld(revision, history.Start));
            found = AsOf(found, since, scope, token?.StartPath);
        }
        return Page(list, scope, found, revision);
    }

    /// <summary>The objects as they were before the changes in <paramref name="since"/>.</summary>
    private static ApiObject[] AsOf(ReadOnlyMemory<ApiObject> now, IReadOnlyList<CachedEvent> since, Scope scope, string? start)
    {
        var then = new SortedDictionary<string, ApiObject>(StringComparer.Ordinal);
        foreach (var one in now.Span) then[StoragePath.Of(one.Key)] = one;
        foreach (var change in since.Reverse())
        {
            if (!change.Path.StartsWith(scope.Prefix, StringComparison.Ordinal) || (start is not null && string.CompareOrdinal(change.Path, start) <= 0)) continue;
            if (change.Previous is { } previous) then[change.Path] = previous;
            else then.Remove(change.Path);
        }
        return [.. then.Values];
    }

    private static Listed Page(List list, Scope scope, ReadOnlyMemory<ApiObject> found, long revision)
    {
        if (scope.IsWholeNamespace && (list.Limit <= 0 || found.Length <= list.Limit)) return new Listed(list.Tag, ListView.Of(found), revision);
        var limit = list.Limit > 0 ? list.Limit : long.MaxValue;
        var page = new List<ApiObject>();
        var span = found.Span;
        for (var i = 0; i < span.Length; i++)
        {
            if (!scope.IsWholeNamespace && !scope.Contains(span[i])) continue;
            if (page.Count == limit)
            {
                var next = new ContinueToken(revision, StoragePath.Of(page[^1].Key)).Encode();
                // With a selector nobody knows how many of the rest it selects.
                return new Listed(list.Tag, page, revision) { Continue = next, RemainingItemCount = scope.IsWholeNamespace ? span.Length - i : null };
            }
            page.Add(span[i]);
        }
        return new Listed(list.Tag, page, revision);
    }
}
