using System.Globalization;

namespace AkkaKube.Api;

/// <summary>A number or a text, e.g. a port by number or name, a count or a percentage. <c>default</c> is the number 0.</summary>
public readonly struct IntOrString : IEquatable<IntOrString>
{
    private readonly string? _text;
    private readonly int _number;

    private IntOrString(string? text, int number) => (_text, _number) = (text, number);

    /// <summary>It is a text.</summary>
    public bool IsString => _text is not null;

    /// <summary>It is a number.</summary>
    public bool IsInt => _text is null;

    /// <summary>The number; 0 for a text.</summary>
    public int IntValue => _number;

    /// <summary>The text; "" for a number.</summary>
    public string StringValue => _text ?? "";

    /// <summary>A number.</summary>
    public static IntOrString FromInt(int number) => new(null, number);

    /// <summary>A text.</summary>
    public static IntOrString FromString(string text) => new(text, 0);

    /// <summary>The part of <paramref name="total"/> that this is: the number itself, or the percentage; null for a text that is no percentage.</summary>
    /// <param name="total">What 100% are.</param>
    /// <param name="roundUp">Rounds a fraction up instead of down.</param>
    public int? Scaled(int total, bool roundUp)
    {
        if (_text is null)
            return _number;
        if (!_text.EndsWith('%') || !int.TryParse(_text.AsSpan(0, _text.Length - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var percent))
            return null;
        var product = (long)percent * total;
        return (int)(roundUp ? (product + 99) / 100 : product / 100);
    }

    /// <inheritdoc/>
    public bool Equals(IntOrString other) => _number == other._number && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IntOrString other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_text, _number);

    /// <summary>The number or the text.</summary>
    public override string ToString() => _text ?? _number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Compares kind and value.</summary>
    public static bool operator ==(IntOrString left, IntOrString right) => left.Equals(right);

    /// <summary>Compares kind and value.</summary>
    public static bool operator !=(IntOrString left, IntOrString right) => !left.Equals(right);

    /// <summary>A number.</summary>
    public static implicit operator IntOrString(int number) => FromInt(number);

    /// <summary>A text.</summary>
    public static implicit operator IntOrString(string text) => FromString(text);
}
