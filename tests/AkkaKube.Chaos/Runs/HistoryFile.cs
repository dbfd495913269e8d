using AkkaKube.History;

namespace AkkaKube.Chaos.Runs;

/// <summary>A history as text, one line for each thing that a client saw, in the order of their begins.</summary>
internal static class HistoryFile
{
    public static Task Write(string path, Record record) => File.WriteAllLinesAsync(path, record.Operations.OrderBy(o => o.Invoked).Select(Line)
        .Concat(record.Watches.SelectMany(w => w.Events.Select(e => $"{e.At} {w.Client} {(e.IsNew ? "ADDED" : "MODIFIED")} {e.Key} {e.Held.Value} @{e.Held.Revision}"))));

    private static string Line(Operation operation) => operation switch
    {
        History.Write w => $"{w.Invoked} {Time(w.Returned)} write {w.Key} {w.Value} expecting {w.Expected} {w.Outcome} @{w.Revision}",
        Get g => $"{g.Invoked} {Time(g.Returned)} get {g.Key} {g.Found?.Value} @{g.Found?.Revision}",
        Listing l => $"{l.Invoked} {Time(l.Returned)} list @{l.Revision} {string.Join(' ', l.Items.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => $"{i.Key}@{i.Value.Revision}"))}",
        _ => "",
    };

    private static string Time(long ticks) => ticks == long.MaxValue ? "-" : ticks.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
