namespace AkkaKube.Api.Fields;

/// <summary>
/// A set of fields of an object, as a tree of path elements in the text form of FieldsV1: <c>f:name</c> for a field, <c>k:{...}</c> for an
/// element of a list by its keys, <c>v:...</c> by its value. Immutable; elements are sorted, so the operations are merges.
/// </summary>
internal sealed class FieldSet
{
    private readonly Entry[] _entries;

    private FieldSet(Entry[] sorted) => _entries = sorted;

    /// <summary>The set without fields.</summary>
    public static FieldSet Empty { get; } = new([]);

    public bool IsEmpty => _entries.Length == 0;

    public ReadOnlySpan<Entry> Entries => _entries;

    /// <summary>One step of paths: whether the path that ends here is in the set, and what is below.</summary>
    public readonly record struct Entry(string Element, bool IsMember, FieldSet Below)
    {
        public bool IsEmpty => !IsMember && Below.IsEmpty;
    }

    /// <summary>Makes a set of entries in any order; those of the same element become one.</summary>
    public static FieldSet Of(List<Entry>? entries)
    {
        if (entries is null || entries.Count == 0)
            return Empty;
        var inOrder = true;
        for (var i = 1; i < entries.Count && inOrder; i++)
            inOrder = string.CompareOrdinal(entries[i - 1].Element, entries[i].Element) < 0;
        if (inOrder)
            return new([.. entries]);
        entries.Sort(static (left, right) => string.CompareOrdinal(left.Element, right.Element));
        var merged = new List<Entry>(entries.Count);
        foreach (var entry in entries)
        {
            if (merged.Count > 0 && merged[^1].Element == entry.Element)
                merged[^1] = new(entry.Element, merged[^1].IsMember || entry.IsMember, merged[^1].Below.Union(entry.Below));
            else
                merged.Add(entry);
        }

        return new([.. merged]);
    }

    /// <summary>A set of dotted paths of field names, e.g. <c>metadata.name</c>.</summary>
    public static FieldSet OfPaths(IEnumerable<string> paths)
    {
        var set = Empty;
        foreach (var path in paths)
        {
            var below = Empty;
            var names = path.Split('.');
            for (var i = names.Length - 1; i >= 0; i--)
                below = new([new(PathElement.Field(names[i]), i == names.Length - 1, below)]);
            set = set.Union(below);
        }

        return set;
    }

    /// <summary>Reads FieldsV1 as a tree holds it.</summary>
    public static FieldSet FromValue(object? value)
    {
        if (value is not RawJson raw)
            return FromTree(value as JsonMap);
        var reader = new System.Text.Json.Utf8JsonReader(raw.Utf8.Span);
        reader.Read();
        return Read(ref reader, out _);
    }

    /// <summary>Reads the JSON of FieldsV1; the key <c>.</c> says that the path itself is in the set.</summary>
    public static FieldSet FromTree(JsonMap? tree)
    {
        if (tree is null)
            return Empty;
        var entries = new List<Entry>(tree.Count);
        foreach (var (name, value) in tree.Entries)
        {
            if (name == ".")
                continue;
            var below = value as JsonMap;
            var inner = FromTree(below);
            entries.Add(new(name, inner.IsEmpty || below!.Has("."), inner));
        }

        return Of(entries);
    }

    /// <summary>The JSON of FieldsV1.</summary>
    public JsonMap ToTree(bool isMember = false)
    {
        var tree = new JsonMap();
        if (isMember)
            tree.Append(".", new JsonMap());
        foreach (var entry in _entries)
            tree.Append(entry.Element, entry.Below.IsEmpty ? new JsonMap() : entry.Below.ToTree(entry.IsMember));
        return tree;
    }

    /// <summary>The JSON of FieldsV1 as a tree holds it: nobody looks inside.</summary>
    public object ToRaw() => new RawJson(ApiJson.Utf8(this, static (set, writer) => set.Write(writer, isMember: false)));

    public bool Has(string element) => Find(element) is { IsMember: true };

    /// <summary>What is in the set below an element.</summary>
    public FieldSet Below(string element) => Find(element)?.Below ?? Empty;

    /// <summary>Whatever is in one of the two.</summary>
    public FieldSet Union(FieldSet other) => IsEmpty ? other : other.IsEmpty ? this : Merge(other, static (left, right) => (left, right) switch
    {
        ({ } one, { } two) => new(one.Element, one.IsMember || two.IsMember, one.Below.Union(two.Below)),
        ({ } one, null) => one,
        (null, { } two) => two,
        _ => default,
    });

    /// <summary>What is in both.</summary>
    public FieldSet Intersection(FieldSet other) => IsEmpty || other.IsEmpty ? Empty : Merge(other, static (left, right) =>
        left is { } one && right is { } two ? new(one.Element, one.IsMember && two.IsMember, one.Below.Intersection(two.Below)) : default);

    /// <summary>What is in this and not in the other.</summary>
    public FieldSet Difference(FieldSet other) => IsEmpty || other.IsEmpty ? this : Merge(other, static (left, right) => (left, right) switch
    {
        ({ } one, { } two) => new(one.Element, one.IsMember && !two.IsMember, one.Below.Difference(two.Below)),
        ({ } one, null) => one,
        _ => default,
    });

    /// <summary>What is in this, neither in the other nor below what is in it.</summary>
    public FieldSet RecursiveDifference(FieldSet other) => IsEmpty || other.IsEmpty ? this : Merge(other, static (left, right) => (left, right) switch
    {
        ({ }, { IsMember: true }) => default,
        ({ } one, { } two) => new(one.Element, one.IsMember, one.Below.RecursiveDifference(two.Below)),
        ({ } one, null) => one,
        _ => default,
    });

    /// <summary>The paths in the set, as messages say them.</summary>
    public IEnumerable<string> Paths(string prefix = "")
    {
        foreach (var entry in _entries)
        {
            var path = prefix + PathElement.Show(entry.Element);
            if (entry.IsMember)
                yield return path;
            foreach (var inner in entry.Below.Paths(path))
                yield return inner;
        }
    }

    public override string ToString() => Tree.Text(ToTree());

    private static FieldSet Read(ref System.Text.Json.Utf8JsonReader reader, out bool isMember)
    {
        isMember = false;
        List<Entry>? entries = null;
        while (reader.Read() && reader.TokenType == System.Text.Json.JsonTokenType.PropertyName)
        {
            var isSelf = reader.ValueSpan.SequenceEqual("."u8);
            var element = isSelf ? "." : TextCache.Read(ref reader);
            reader.Read();
            if (isSelf || reader.TokenType != System.Text.Json.JsonTokenType.StartObject)
            {
                isMember |= isSelf;
                reader.Skip();
                continue;
            }

            var below = Read(ref reader, out var member);
            (entries ??= []).Add(new(element, member || below.IsEmpty, below));
        }

        return Of(entries);
    }

    private void Write(System.Text.Json.Utf8JsonWriter writer, bool isMember)
    {
        writer.WriteStartObject();
        if (isMember && !IsEmpty)
        {
            writer.WriteStartObject("."u8);
            writer.WriteEndObject();
        }

        foreach (var entry in _entries)
        {
            writer.WritePropertyName(entry.Element);
            entry.Below.Write(writer, entry.IsMember);
        }

        writer.WriteEndObject();
    }

    private Entry? Find(string element)
    {
        var (low, high) = (0, _entries.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(_entries[middle].Element, element);
            if (order == 0)
                return _entries[middle];
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return null;
    }

    private FieldSet Merge(FieldSet other, Func<Entry?, Entry?, Entry> combine)
    {
        var merged = new List<Entry>(_entries.Length + other._entries.Length);
        var (i, j) = (0, 0);
        while (i < _entries.Length || j < other._entries.Length)
        {
            var order = i == _entries.Length ? 1 : j == other._entries.Length ? -1 : string.CompareOrdinal(_entries[i].Element, other._entries[j].Element);
            var entry = combine(order <= 0 ? _entries[i] : null, order >= 0 ? other._entries[j] : null);
            if (order <= 0) i++;
            if (order >= 0) j++;
            if (entry.Element is not null && !entry.IsEmpty)
                merged.Add(entry);
        }

        return merged.Count == 0 ? Empty : new([.. merged]);
    }
}
