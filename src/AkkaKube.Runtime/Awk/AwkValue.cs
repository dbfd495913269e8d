using System.Globalization;

namespace AkkaKube.Runtime.Awk;

/// <summary>A value of awk: a number, a text, or a text from the input that looks like a number and is one then.</summary>
internal readonly record struct AwkValue(string? Text, double Number, bool IsNumber)
{
    public static readonly AwkValue Unset = new("", 0, true);

    public static AwkValue Of(double number) => new(null, number, true);

    public static AwkValue Of(bool value) => Of(value ? 1.0 : 0.0);

    public static AwkValue Of(string text) => new(text, 0, false);

    /// <summary>Text of the input: compared as a number if it is one.</summary>
    public static AwkValue Input(string text) =>
        text.Length > 0 && (char.IsAsciiDigit(text[^1]) || char.IsWhiteSpace(text[^1]) || text[^1] == '.') && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? new AwkValue(text, number, true) : Of(text);

    public bool IsTrue => IsNumber ? Number != 0 : Text!.Length > 0;

    public double AsNumber()
    {
        if (IsNumber) return Number;
        var text = Text.AsSpan().TrimStart();
        var length = 0;
        var (digits, dot) = (false, false);
        for (; length < text.Length; length++)
        {
            var c = text[length];
            if (char.IsAsciiDigit(c)) digits = true;
            else if (c == '.' && !dot) dot = true;
            else if (!(c is '-' or '+' && length == 0)) break;
        }

        if (digits && length + 1 < text.Length && text[length] is 'e' or 'E')
        {
            var end = length + (text[length + 1] is '-' or '+' ? 2 : 1);
            var exponent = end;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            if (end > exponent) length = end;
        }

        return digits && double.TryParse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;
    }

    public string AsText(string format = "%.6g")
    {
        if (Text is not null) return Text;
        if (Number == Math.Floor(Number) && Math.Abs(Number) < 1e16) return ((long)Number).ToString(CultureInfo.InvariantCulture);
        return AwkFormat.Format(format, [Of(Number)]);
    }
}
