using System.Globalization;

namespace AkkaKube.Api.Fields;

/// <summary>Who owns which fields, and since when: one entry of metadata.managedFields.</summary>
internal sealed record ManagerEntry(string Manager, string Operation, string ApiVersion, string Subresource, string? Time, FieldSet Fields)
{
    public const string Apply = "Apply";
    public const string Update = "Update";

    public bool IsApply => Operation == Apply;

    /// <summary>Entries with the same identity are one manager; an applier stays the same in any version.</summary>
    public (string, string, string, string) Identity => (Manager, Operation, IsApply ? "" : ApiVersion, Subresource);

    /// <summary>The order in which a conflict names managers.</summary>
    public string SortText => $"{Manager}\u0001{Operation}\u0001{(IsApply ? "" : ApiVersion)}\u0001{Subresource}";

    /// <summary>How a conflict names it.</summary>
    public string Shown => Errors.ShownValue.Of(Manager) + (Subresource.Length > 0 ? $" with subresource {Errors.ShownValue.Of(Subresource)}" : "") + (IsApply ? "" : $" using {ApiVersion}");

    public static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads metadata.managedFields; null where it is not well formed.</summary>
    public static List<ManagerEntry>? Read(JsonMap? metadata)
    {
        var entries = new List<ManagerEntry>();
        foreach (var item in metadata?.List("managedFields")?.Maps ?? [])
        {
            if (item.Text("operation") is not (Apply or Update) || string.IsNullOrEmpty(item.Text("apiVersion")) || item.Text("fieldsType") != "FieldsV1")
                return null;
            entries.Add(new(item.Text("manager") ?? "", item.Text("operation")!, item.Text("apiVersion")!, item.Text("subresource") ?? "", item.Text("time"), FieldSet.FromValue(item["fieldsV1"])));
        }

        return entries;
    }

    /// <summary>Writes metadata.managedFields: appliers first, then by time and name.</summary>
    public static void Write(JsonMap metadata, List<ManagerEntry> entries)
    {
        if (entries.Count == 0)
        {
            metadata.Remove("managedFields");
            return;
        }

        var list = new JsonList(entries.Count);
        foreach (var entry in entries.OrderBy(entry => entry.Operation, StringComparer.Ordinal).ThenBy(entry => entry.Time, StringComparer.Ordinal)
            .ThenBy(entry => entry.Manager, StringComparer.Ordinal).ThenBy(entry => entry.ApiVersion, StringComparer.Ordinal).ThenBy(entry => entry.Subresource, StringComparer.Ordinal))
            list.Add(entry.ToTree());
        metadata["managedFields"] = list;
    }

    private JsonMap ToTree()
    {
        var tree = new JsonMap(("manager", Manager), ("operation", Operation), ("apiVersion", ApiVersion));
        if (Time is not null)
            tree["time"] = Time;
        tree["fieldsType"] = "FieldsV1";
        tree["fieldsV1"] = Fields.ToRaw();
        if (Subresource.Length > 0)
            tree["subresource"] = Subresource;
        return tree;
    }
}
