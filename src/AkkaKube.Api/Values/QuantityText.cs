using System.Globalization;

namespace AkkaKube.Api;

/// <summary>The text form of quantities: reading with Kubernetes' complaints, writing in canonical form.</summary>
internal static class QuantityText
{
    private const string WrongFormat = @"quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    private const string WrongNumber = "unable to parse numeric part of quantity";
    private const string WrongSuffix = "unable to parse quantity's suffix";
    private const decimal Nano = 0.000000001m;

    private static readonly string[] Binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    private static readonly string[] Decimals = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];

    /// <summary>The quantity that a text says; null, and why, where it says none.</summary>
    public static Quantity? Parse(ReadOnlySpan<char> text, out string? error)
    {
        error = WrongFormat;
        if (text.IsEmpty)
            return null;
        var at = text[0] is '-' or '+' ? 1 : 0;
        var start = at;
        while (at < text.Length && text[at] == '0') at++;
        if (at == text.Length)
        {
            error = at > start ? null : WrongNumber;
            return error is null ? default(Quantity) : null;
        }

        var digits = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        }

        var number = text[start..at];
        var suffix = text[at..];
        if (!IsSuffix(suffix))
            return null;
        error = WrongNumber;
        if (number.IsEmpty || number is "." || digits > text.Length)
        {
            if (!TryScale(suffix, out _, out _))
                error = WrongSuffix;
            return null;
        }

        error = WrongSuffix;
        if (!TryScale(suffix, out var scale, out var format))
            return null;
        error = null;
        return Capped(number, text[0] == '-', scale, format);
    }

    /// <summary>The canonical text.</summary>
    public static string Format(Quantity quantity)
    {
        var amount = quantity.Amount;
        if (amount == 0)
            return "0";
        if (quantity.Format == QuantityFormat.BinarySI && (amount >= 1024 || amount <= -1024) && decimal.Truncate(amount) == amount)
        {
            var power = 0;
            while (power < 6 && amount % 1024 == 0)
            {
                amount /= 1024;
                power++;
            }

            return decimal.Truncate(amount).ToString(CultureInfo.InvariantCulture) + Binary[power];
        }

        var exponent = 0;
        while (decimal.Truncate(amount) != amount && exponent > -9)
        {
            amount *= 1000;
            exponent -= 3;
        }

        while (exponent < 18 && amount % 1000 == 0)
        {
            amount /= 1000;
            exponent += 3;
        }

        var digits = decimal.Truncate(amount).ToString(CultureInfo.InvariantCulture);
        if (quantity.Format == QuantityFormat.DecimalExponent)
            return exponent == 0 ? digits : string.Create(CultureInfo.InvariantCulture, $"{digits}e{exponent}");
        return digits + Decimals[(exponent / 3) + 3];
    }

    private static bool IsSuffix(ReadOnlySpan<char> suffix)
    {
        var at = 0;
        while (at < suffix.Length && "eEinumkKMGTP".Contains(suffix[at], StringComparison.Ordinal)) at++;
        if (at < suffix.Length && suffix[at] is '-' or '+') at++;
        while (at < suffix.Length && char.IsAsciiDigit(suffix[at])) at++;
        return at == suffix.Length;
    }

    /// <summary>What a suffix multiplies by, as a power of ten or (negative) of two in <paramref name="scale"/>.</summary>
    private static bool TryScale(ReadOnlySpan<char> suffix, out (int Base, int Exponent) scale, out QuantityFormat format)
    {
        format = QuantityFormat.DecimalSI;
        scale = (10, 0);
        for (var i = 0; i < Decimals.Length; i++)
        {
            if (suffix.SequenceEqual(Decimals[i]))
            {
                scale = (10, (i * 3) - 9);
                return true;
            }
        }

        for (var i = 1; i < Binary.Length; i++)
        {
            if (suffix.SequenceEqual(Binary[i]))
            {
                format = QuantityFormat.BinarySI;
                scale = (2, i * 10);
                return true;
            }
        }

        if (suffix.Length > 1 && suffix[0] is 'e' or 'E' && int.TryParse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent))
        {
            format = QuantityFormat.DecimalExponent;
            scale = (10, exponent);
            return true;
        }

        return false;
    }

    /// <summary>Rounds up to a whole number of billionths, and stops at 2^63-1.</summary>
    private static Quantity Capped(ReadOnlySpan<char> number, bool negative, (int Base, int Exponent) scale, QuantityFormat format)
    {
        var point = number.IndexOf('.');
        var whole = point < 0 ? number : number[..point];
        var fraction = point < 0 ? "" : number[(point + 1)..].ToString().TrimEnd('0');
        var mantissa = System.Numerics.BigInteger.Parse("0" + whole.ToString() + fraction, NumberStyles.None, CultureInfo.InvariantCulture);
        // Counted in billionths, so that rounding and capping are exact.
        var tens = 9 - fraction.Length + (scale.Base == 10 ? Math.Clamp(scale.Exponent, -1000, 1000) : 0);
        if (scale.Base == 2)
            mantissa <<= scale.Exponent;
        if (tens >= 0)
            mantissa *= System.Numerics.BigInteger.Pow(10, tens);
        else
        {
            mantissa = System.Numerics.BigInteger.DivRem(mantissa, System.Numerics.BigInteger.Pow(10, -tens), out var rest);
            if (!rest.IsZero)
                mantissa++;
        }

        var limit = new System.Numerics.BigInteger(long.MaxValue) * 1_000_000_000;
        if (mantissa > limit)
            mantissa = limit;
        var amount = (decimal)mantissa * Nano;
        if (format == QuantityFormat.BinarySI && amount is > 0 and < 1)
            format = QuantityFormat.DecimalSI;
        return new Quantity(Normal(negative ? -amount : amount), format);
    }

    /// <summary>Without zeros at its end, so that equal amounts have equal bits.</summary>
    private static decimal Normal(decimal amount) => amount / 1.0000000000000000000000000000m;
}
