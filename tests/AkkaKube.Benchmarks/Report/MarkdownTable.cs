using System.Globalization;
using System.Text;

namespace AkkaKube.Benchmarks.Report;

/// <summary>The rows as one Markdown table.</summary>
public static class MarkdownTable
{
    public static string Of(IEnumerable<Row> rows)
    {
        var text = new StringBuilder("| work | median | runs | target | reference |\n|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {Show(row.Median)} {row.Unit} | {string.Join(", ", row.Values.Select(Show))} | {row.Target} | {row.Reference} |\n");
        }

        return text.ToString();
    }

    private static string Show(double value) => value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.##", CultureInfo.InvariantCulture);
}
