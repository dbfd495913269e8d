namespace AkkaKube.Api.Decoding;

/// <summary>Boxed small numbers, so that ports and counts do not allocate.</summary>
internal static class Numbers
{
    private static readonly object[] Small = [.. Enumerable.Range(-1, 1026).Select(number => (object)(long)number)];

    public static object Box(long number) => number is >= -1 and < 1025 ? Small[number + 1] : number;
}
