using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Hosts;

/// <summary>On which hosts things are, as the hosts themselves say. Nothing is left out because it should not be: what two hosts have is on two hosts.</summary>
/// <param name="answers">Of each host the names of what it has.</param>
/// <param name="unasked">Hosts that were not asked because they cannot be reached.</param>
internal sealed class Placement(HostQuestion.Answers answers, IEnumerable<string> unasked)
{
    private const string Unknown = "?";

    private readonly List<(string Host, HashSet<string?> Names)> _told =
        [.. answers.Given.Where(a => a.Answer is Document.Table).Select(a => (a.Host, ((Document.Table)a.Answer).Rows.Select(r => r[0].Text).ToHashSet(StringComparer.Ordinal)))];

    private readonly bool _isWhole = answers.Silent.Count == 0 && !unasked.Any() && answers.Given.All(a => a.Answer is Document.Table);

    /// <summary>The hosts that have it, separated by spaces; none: nothing, or a question mark while a host does not say what it has.</summary>
    public string HostsOf(string name)
    {
        var hosts = string.Join(' ', _told.Where(t => t.Names.Contains(name)).Select(t => t.Host));
        return hosts.Length > 0 || _isWhole ? hosts : Unknown;
    }

    /// <summary>What a host has, separated by spaces; a question mark where it does not say.</summary>
    public string NamesOn(string host) =>
        _told.Find(t => t.Host == host) is { Names: { } names } ? string.Join(' ', names.Order(StringComparer.Ordinal)) : Unknown;
}
