using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace AkkaKube.Api;

/// <summary>
/// Texts that come again and again (labels, images, enum values) are one string each. A slot holds the last text with its hash;
/// a race between two threads costs a second string, never a wrong one.
/// </summary>
internal static class TextCache
{
    private const int Longest = 48;
    private static readonly string?[] Slots = new string?[1 << 13];

    /// <summary>The text that the reader stands on.</summary>
    public static string Read(ref Utf8JsonReader reader)
    {
        var utf8 = reader.ValueSpan;
        return utf8.Length > Longest || reader.ValueIsEscaped || reader.HasValueSequence ? reader.GetString()! : Get(utf8);
    }

    /// <summary>The text of these bytes.</summary>
    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return "";
        if (utf8.Length > Longest)
            return Encoding.UTF8.GetString(utf8);
        var hash = 2166136261u;
        foreach (var b in utf8)
            hash = (hash ^ b) * 16777619u;
        ref var slot = ref Slots[(hash ^ (hash >> 15)) & (Slots.Length - 1)];
        var text = slot;
        if (text is not null && text.Length == utf8.Length && Ascii.Equals(utf8, text))
            return text;
        return slot = Encoding.UTF8.GetString(utf8);
    }
}
