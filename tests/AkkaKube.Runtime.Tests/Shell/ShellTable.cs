using System.Globalization;

namespace AkkaKube.Runtime.Tests.Shell;

/// <summary>Reads a table: scripts, each followed by a line <c>== code</c> and what it prints, and by a line <c>--</c>.</summary>
internal static class ShellTable
{
    public static TheoryData<string, string, int> Read(string name)
    {
        using var stream = typeof(ShellTable).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        var data = new TheoryData<string, string, int>();
        foreach (var entry in reader.ReadToEnd().Split("\n--\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var text = entry.TrimStart('\n');
            if (text.Length == 0) continue;
            var mark = text.IndexOf("\n== ", StringComparison.Ordinal);
            var rest = text[(mark + 4)..];
            var end = rest.IndexOf('\n', StringComparison.Ordinal);
            var code = int.Parse(end < 0 ? rest : rest[..end], CultureInfo.InvariantCulture);
            data.Add(text[..mark], end < 0 ? "" : rest[(end + 1)..] + "\n", code);
        }

        return data;
    }
}
