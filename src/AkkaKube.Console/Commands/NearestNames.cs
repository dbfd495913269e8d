namespace AkkaKube.Console.Commands;

/// <summary>Which names somebody may have meant who wrote another one.</summary>
public static class NearestNames
{
    private const int Most = 3;
    private const int LongestWord = 80;

    /// <summary>The nearest names, the best first; none where nothing is near.</summary>
    public static IReadOnlyList<string> Of(string said, IEnumerable<string> names)
    {
        if (said.Length > LongestWord) said = said[..LongestWord];
        return [.. names
            .Select(name => (Name: name, Distance: Nearness(said, name)))
            .Where(n => n.Distance <= Math.Max(2, n.Name.Length / 3))
            .OrderBy(n => n.Distance).ThenBy(n => n.Name, StringComparer.Ordinal)
            .Take(Most).Select(n => n.Name)];
    }

    // Whoever wrote more words than the name has, or began it, meant it as well as one who mistyped it.
    private static int Nearness(string said, string name)
    {
        if (name.StartsWith(said, StringComparison.OrdinalIgnoreCase)) return 1;
        var words = name.Count(c => c == ' ') + 1;
        var sameLength = string.Join(' ', said.Split(' ').Take(words));
        return Math.Min(Distance(said, name), Distance(sameLength, name));
    }

    /// <summary>How many letters must be put in, taken out or changed.</summary>
    internal static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                var change = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(above + 1, row[j - 1] + 1), diagonal + change);
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
