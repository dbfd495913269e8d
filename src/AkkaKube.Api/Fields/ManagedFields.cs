using AkkaKube.Api.Schema;

namespace AkkaKube.Api.Fields;

/// <summary>Keeps metadata.managedFields: who owns which field of an object.</summary>
public static class ManagedFields
{
    private const int MostUpdaters = 10;
    private const string OldChanges = "ancient-changes";

    /// <summary>Nobody owns what the server itself says about an object.</summary>
    private static readonly FieldSet Stripped = FieldSet.OfPaths(
    [
        "apiVersion", "kind", "metadata", "metadata.name", "metadata.namespace", "metadata.creationTimestamp", "metadata.selfLink", "metadata.uid",
        "metadata.clusterName", "metadata.generation", "metadata.managedFields", "metadata.resourceVersion",
    ]);

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, FieldSet> ResetSets = new();

    /// <summary>
    /// Gives the writer the fields that differ between the live object (null: there is none yet) and the one to be written, and takes them from others.
    /// Both are in Go's form with their defaults; admission and the kind's strategy come after this.
    /// </summary>
    public static void Track(ResourceType type, JsonMap? live, JsonMap o, FieldWriter writer)
    {
        var metadata = o.Need("metadata");
        var entries = Known(live, metadata, writer.Subresource is not null);
        metadata.Remove("managedFields");
        if (entries.Count > 0 || live is null)
            entries = Updated(type, live ?? Empty(type.Schema), o, entries, writer, writer.Manager);
        ManagerEntry.Write(metadata, entries);
    }

    /// <summary>Entries after an update of an object by a manager.</summary>
    internal static List<ManagerEntry> Updated(ResourceType type, JsonMap live, JsonMap o, List<ManagerEntry> entries, FieldWriter writer, string manager)
    {
        var comparison = Comparison.Of(type.Schema, WithoutManagedFields(live), o);
        var reset = Reset(writer);
        var kept = Others(entries, comparison, reset, except: null);
        var taken = comparison.Added.Union(comparison.Modified).Difference(comparison.Removed).RecursiveDifference(reset).Difference(Stripped);
        if (taken.IsEmpty)
            return kept;
        var entry = new ManagerEntry(manager.Length == 0 ? "unknown" : manager, ManagerEntry.Update, type.Resource.ApiVersion, writer.Subresource ?? "", ManagerEntry.TimeText(writer.Now), taken);
        var index = kept.FindIndex(other => other.Identity == entry.Identity);
        if (index >= 0)
            kept[index] = entry with { Fields = kept[index].Fields.Union(taken) };
        else
            kept.Add(entry);
        return Capped(kept);
    }

    /// <summary>What is left to others after the fields of a comparison changed hands.</summary>
    internal static List<ManagerEntry> Others(List<ManagerEntry> entries, Comparison comparison, FieldSet reset, ManagerEntry? except)
    {
        var changed = comparison.Added.Union(comparison.Modified).RecursiveDifference(reset);
        var removed = comparison.Removed.RecursiveDifference(reset);
        var kept = new List<ManagerEntry>(entries.Count + 1);
        foreach (var entry in entries)
        {
            if (entry.Identity == except?.Identity)
            {
                kept.Add(entry);
                continue;
            }

            var rest = entry.Fields.Difference(changed).Difference(removed);
            if (!rest.IsEmpty)
                kept.Add(entry with { Fields = rest });
        }

        return kept;
    }

    /// <summary>The fields that a write resets, as a set.</summary>
    internal static FieldSet Reset(FieldWriter writer) => ResetSets.GetOrAdd(string.Join(',', writer.ResetFields), static paths => FieldSet.OfPaths(paths.Split(',', StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>Fields that nobody can own taken away.</summary>
    internal static FieldSet Strip(FieldSet fields) => fields.Difference(Stripped);

    /// <summary>What Go has for an object of a type that nobody filled in; not to be changed.</summary>
    internal static JsonMap Empty(TypeSchema schema) => schema.Nothing;

    internal static JsonMap WithoutManagedFields(JsonMap o)
    {
        if (o.Map("metadata") is not { } metadata || !metadata.Has("managedFields"))
            return o;
        var copy = new JsonMap();
        foreach (var (name, value) in o.Entries)
        {
            if (name != "metadata")
            {
                copy.Append(name, value);
                continue;
            }

            var rest = new JsonMap();
            foreach (var (inner, item) in metadata.Entries)
            {
                if (inner != "managedFields")
                    rest.Append(inner, item);
            }

            copy.Append(name, rest);
        }

        return copy;
    }

    /// <summary>The entries that the client sent, or the live object's; a client that sends one empty entry wants them all gone.</summary>
    private static List<ManagerEntry> Known(JsonMap? live, JsonMap metadata, bool isSubresource)
    {
        if (!isSubresource && metadata.List("managedFields") is { Count: > 0 } sent)
        {
            if (sent.Count == 1 && sent[0] is JsonMap { Count: 0 })
                return [];
            if (ManagerEntry.Read(metadata) is { Count: > 0 } entries)
                return entries;
        }

        return ManagerEntry.Read(live?.Map("metadata")) ?? [];
    }

    /// <summary>Of too many updaters the oldest are thrown together.</summary>
    private static List<ManagerEntry> Capped(List<ManagerEntry> entries)
    {
        var updaters = entries.Where(entry => !entry.IsApply).OrderBy(entry => entry.Time, StringComparer.Ordinal).ThenBy(entry => entry.SortText, StringComparer.Ordinal).ToList();
        if (updaters.Count <= MostUpdaters)
            return entries;
        var capped = entries.Where(entry => entry.IsApply).ToList();
        var surplus = updaters.Count - MostUpdaters + 1;
        foreach (var version in updaters.Take(surplus).GroupBy(entry => entry.ApiVersion))
        {
            var fields = version.Aggregate(FieldSet.Empty, (all, entry) => all.Union(entry.Fields));
            capped.Add(version.Count() == 1 ? version.First() : new(OldChanges, ManagerEntry.Update, version.Key, "", version.Last().Time, fields));
        }

        capped.AddRange(updaters.Skip(surplus));
        return capped;
    }
}
