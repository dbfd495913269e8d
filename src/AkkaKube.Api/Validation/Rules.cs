namespace AkkaKube.Api.Validation;

/// <summary>Words that many rules share.</summary>
internal static class Rules
{
    public const string IsNegative = "must be greater than or equal to 0";
    public const string IsNotPositive = "must be greater than zero";
    public const string IsNotInteger = "must be an integer";
    public const string Immutable = "field is immutable";
    public const string FileMode = "must be a number between 0 and 0777 (octal), both inclusive";
    public const string OneVolumeType = "may not specify more than 1 volume type";

    public const string BetweenPorts = "must be between 1 and 65535, inclusive";
    public const string BetweenIds = "must be between 0 and 2147483647, inclusive";

    public static readonly string[] None = [];

    public static bool IsPort(long port) => port is >= 1 and <= 65535;

    public static bool IsId(long id) => id is >= 0 and <= int.MaxValue;

    public static bool IsFileMode(int? mode) => mode is null or (>= 0 and <= 0x1ff);
}
