using System.Globalization;
using System.Text;

namespace AkkaKube.Runtime.Awk;

/// <summary>printf of awk.</summary>
internal static class AwkFormat
{
    public static string Format(string format, IReadOnlyList<AwkValue> arguments)
    {
        var result = new StringBuilder();
        var next = 0;
        AwkValue Next() => next < arguments.Count ? arguments[next++] : AwkValue.Unset;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                result.Append(format[i]);
                continue;
            }

            if (format[i + 1] == '%')
            {
                result.Append('%');
                i++;
                continue;
            }

            var flags = "";
            for (i++; i < format.Length && "-+ 0#".Contains(format[i], StringComparison.Ordinal); i++) flags += format[i];
            int? Number()
            {
                if (i < format.Length && format[i] == '*')
                {
                    i++;
                    return (int)Math.Clamp(Next().AsNumber(), -4096, 4096);
                }

                var start = i;
                while (i < format.Length && char.IsAsciiDigit(format[i])) i++;
                return start == i ? null : Math.Min(4096, int.TryParse(format.AsSpan(start, i - start), out var number) ? number : 4096);
            }

            var width = Number() ?? 0;
            int? precision = null;
            if (i < format.Length && format[i] == '.')
            {
                i++;
                precision = Number() ?? 0;
            }

            while (i < format.Length && format[i] is 'l' or 'h') i++;
            if (i >= format.Length) break;
            var kind = format[i];
            var value = Next();
            var text = Text(kind, value, precision, flags);
            var left = flags.Contains('-', StringComparison.Ordinal) || width < 0;
            width = Math.Abs(width);
            if (left) result.Append(text.PadRight(width));
            else if (!flags.Contains('0', StringComparison.Ordinal) || kind is 's' or 'c') result.Append(text.PadLeft(width));
            else if (text.StartsWith('-')) result.Append('-').Append(text[1..].PadLeft(Math.Max(0, width - 1), '0'));
            else result.Append(text.PadLeft(width, '0'));
        }

        return result.ToString();
    }

    private static string Text(char kind, AwkValue value, int? precision, string flags)
    {
        var sign = flags.Contains('+', StringComparison.Ordinal) && value.AsNumber() >= 0 ? "+" : "";
        switch (kind)
        {
            case 'd' or 'i' or 'u':
                return sign + Math.Truncate(value.AsNumber()).ToString("0", CultureInfo.InvariantCulture);
            case 'x':
                return ((long)value.AsNumber()).ToString("x", CultureInfo.InvariantCulture);
            case 'X':
                return ((long)value.AsNumber()).ToString("X", CultureInfo.InvariantCulture);
            case 'o':
                return Convert.ToString((long)value.AsNumber(), 8);
            case 'c':
                return value.IsNumber ? ((char)value.AsNumber()).ToString() : value.AsText() is { Length: > 0 } text ? text[..1] : "";
            case 'f' or 'F':
                return sign + value.AsNumber().ToString("F" + Math.Min(precision ?? 6, 60), CultureInfo.InvariantCulture);
            case 'e' or 'E':
                return sign + value.AsNumber().ToString("0." + new string('0', Math.Min(precision ?? 6, 60)) + kind + "+00", CultureInfo.InvariantCulture);
            case 'g' or 'G':
                return sign + General(value.AsNumber(), Math.Max(1, precision ?? 6));
            default:
                var all = value.AsText();
                return precision is { } most && most < all.Length ? all[..Math.Max(0, most)] : all;
        }
    }

    private static string General(double value, int precision)
    {
        if (value == 0 || !double.IsFinite(value)) return double.IsFinite(value) ? "0" : value > 0 ? "inf" : value < 0 ? "-inf" : "nan";
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (exponent < -4 || exponent >= precision) return value.ToString("0." + new string('#', Math.Min(precision - 1, 60)) + "e+00", CultureInfo.InvariantCulture);
        return Math.Round(value, Math.Clamp(precision - 1 - exponent, 0, 15)).ToString("0." + new string('#', Math.Clamp(precision - 1 - exponent, 0, 60)), CultureInfo.InvariantCulture);
    }
}
