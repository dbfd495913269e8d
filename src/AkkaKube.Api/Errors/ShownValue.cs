using System.Globalization;
using System.Text;

namespace AkkaKube.Api.Errors;

/// <summary>How a field error shows the value it complains about: what Go's <c>%q</c> and <c>%v</c> print.</summary>
public static class ShownValue
{
    /// <summary>A text in double quotes, with Go's escapes.</summary>
    public static string Of(string? value)
    {
        var text = new StringBuilder((value?.Length ?? 0) + 2).Append('"');
        foreach (var rune in (value ?? "").EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append(@"\\"); break;
                case '\a': text.Append(@"\a"); break;
                case '\b': text.Append(@"\b"); break;
                case '\f': text.Append(@"\f"); break;
                case '\n': text.Append(@"\n"); break;
                case '\r': text.Append(@"\r"); break;
                case '\t': text.Append(@"\t"); break;
                case '\v': text.Append(@"\v"); break;
                case < 0x20 or 0x7f: text.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"); break;
                default: text.Append(IsPrintable(rune) ? rune.ToString() : rune.Value <= 0xffff ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}"); break;
            }
        }
        return text.Append('"').ToString();
    }

    /// <summary>A number.</summary>
    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A truth value.</summary>
    public static string Of(bool value) => value ? "true" : "false";

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
