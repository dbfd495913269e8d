using System.Globalization;
using System.Text;

namespace AkkaKube.Api.Errors;

/// <summary>
/// The way from the root of an object to one of its fields: <c>spec.containers[0].env[1].name</c>, <c>data[bad key]</c>
/// (Kubernetes: field.Path). A path shares its parents; its text is made only when an error needs it.
/// </summary>
public sealed class FieldPath
{
    private readonly FieldPath? _parent;
    private readonly string? _name;
    private readonly int _index;
    private readonly bool _subscript;

    private FieldPath(FieldPath? parent, string? name, int index, bool subscript) =>
        (_parent, _name, _index, _subscript) = (parent, name, index, subscript);

    /// <summary>A field of the object itself.</summary>
    public FieldPath(string name) : this(null, name, 0, name.Length == 0) { }

    /// <summary>A field of this field.</summary>
    public FieldPath Child(string name) => new(this, name, 0, name.Length == 0);

    /// <summary>A field of a field of this field.</summary>
    public FieldPath Child(string name, string inner) => Child(name).Child(inner);

    /// <summary>An element of this list.</summary>
    public FieldPath Index(int index) => new(this, null, index, true);

    /// <summary>An entry of this map.</summary>
    public FieldPath Key(string key) => new(this, key, 0, true);

    /// <inheritdoc/>
    public override string ToString()
    {
        if (_parent is null && !_subscript) return _name!;
        var text = new StringBuilder(64);
        Append(text);
        return text.ToString();
    }

    private void Append(StringBuilder text)
    {
        _parent?.Append(text);
        if (_subscript)
        {
            text.Append('[').Append(_name ?? _index.ToString(CultureInfo.InvariantCulture)).Append(']');
            return;
        }
        if (_parent is not null) text.Append('.');
        text.Append(_name);
    }
}
