namespace AkkaKube.Client;

/// <summary>The alphabet of generated names and hashes: no vowels, so no word comes about, and no characters that look alike.</summary>
public static class GeneratedName
{
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary><paramref name="length"/> random characters, as the end of a generated name has them.</summary>
    public static string Suffix(Random random, int length = 5) =>
        string.Create(length, random, static (span, random) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = Alphabet[random.Next(Alphabet.Length)];
        });

    /// <summary>Writes each character of <paramref name="text"/> with the alphabet; equal texts stay equal.</summary>
    public static string SafeEncode(string text) =>
        string.Create(text.Length, text, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = Alphabet[text[i] % Alphabet.Length];
        });
}
