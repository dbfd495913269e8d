namespace AkkaKube.Client;

/// <summary>Unique identifiers of objects: RFC 4122 version 4, drawn from a seeded generator.</summary>
public static class Uid
{
    /// <summary>The next identifier of <paramref name="random"/>, e.g. <c>0b3f1c9e-52ad-4a6e-9d0c-6f2f4a7f1e55</c>.</summary>
    public static string NewUid(this Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
