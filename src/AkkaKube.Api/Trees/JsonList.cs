using System.Runtime.CompilerServices;

namespace AkkaKube.Api;

/// <summary>A JSON array that can be changed; see <see cref="JsonMap"/> for what it holds.</summary>
[CollectionBuilder(typeof(JsonList), nameof(Create))]
public sealed class JsonList : List<object?>
{
    /// <summary>A list without elements.</summary>
    public JsonList()
    {
    }

    /// <summary>A list with room for <paramref name="capacity"/> elements.</summary>
    public JsonList(int capacity)
        : base(capacity)
    {
    }

    /// <summary>What a collection expression calls.</summary>
    public static JsonList Create(ReadOnlySpan<object?> items)
    {
        var list = new JsonList(items.Length);
        foreach (var item in items)
            list.Add(item);
        return list;
    }

    /// <summary>The elements that are maps.</summary>
    public IEnumerable<JsonMap> Maps => this.OfType<JsonMap>();

    /// <summary>A copy down to the leaves.</summary>
    public JsonList Clone()
    {
        var copy = new JsonList(Count);
        foreach (var item in this)
            copy.Add(Tree.Clone(item));
        return copy;
    }

    /// <summary>The JSON.</summary>
    public override string ToString() => Tree.Text(this);
}
