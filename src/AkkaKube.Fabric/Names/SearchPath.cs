namespace AkkaKube.Fabric;

/// <summary>The names that a resolver tries for one that a program asked for, as resolv.conf's search and ndots say.</summary>
public static class SearchPath
{
    /// <summary>The fully qualified names to try, without the trailing dot, in order.</summary>
    /// <param name="name">As asked for; with a trailing dot it is taken as it stands.</param>
    /// <param name="search">The search domains.</param>
    /// <param name="ndots">A name with fewer dots is tried in the search domains first.</param>
    public static IEnumerable<string> Candidates(string name, IReadOnlyList<string> search, int ndots)
    {
        if (name.EndsWith('.'))
        {
            yield return name[..^1];
            yield break;
        }

        var asGivenFirst = name.Count(c => c == '.') >= ndots;
        if (asGivenFirst) yield return name;
        foreach (var domain in search) yield return name + "." + domain.TrimEnd('.');
        if (!asGivenFirst) yield return name;
    }
}
