using System.Globalization;
using System.Reflection;

namespace Akka.Util;

/// <summary>The version of a program: up to three numbers, and what comes after them, e.g. <c>1.2.3-rc1</c>. One with a suffix is older than one without.</summary>
public class AppVersion : IComparable<AppVersion>, IEquatable<AppVersion>
{
    /// <summary>Older than every other.</summary>
    public static readonly AppVersion Zero = Create("0.0.0");

    private readonly int[] _numbers;
    private readonly string _suffix;

    private AppVersion(string version, int[] numbers, string suffix) => (Version, _numbers, _suffix) = (version, numbers, suffix);

    /// <summary>As it was written.</summary>
    public string Version { get; }

    /// <summary>Reads a version; <c>assembly-version</c> is that of the program that runs.</summary>
    public static AppVersion Create(string version)
    {
        if (string.Equals(version, "assembly-version", StringComparison.OrdinalIgnoreCase))
            version = (Assembly.GetEntryAssembly() ?? typeof(AppVersion).Assembly).GetName().Version?.ToString(3) ?? "0.0.0";
        ArgumentException.ThrowIfNullOrEmpty(version);
        var end = version.AsSpan().IndexOfAny('-', '+');
        var (head, suffix) = end < 0 ? (version, "") : (version[..end], version[(end + 1)..]);
        var parts = head.Split('.');
        if (parts.Length > 3) throw new ArgumentOutOfRangeException(nameof(version), $"Only 3 digits separated with '.' are supported. [{version}]");
        var numbers = new int[3];
        for (var i = 0; i < parts.Length; i++)
        {
            if (int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) continue;
            return new AppVersion(version, new int[3], version); // a name, not a number
        }

        return new AppVersion(version, numbers, suffix);
    }

    /// <inheritdoc />
    public int CompareTo(AppVersion? other)
    {
        if (other is null) return 1;
        for (var i = 0; i < 3; i++)
        {
            if (_numbers[i] != other._numbers[i]) return _numbers[i].CompareTo(other._numbers[i]);
        }

        return (_suffix, other._suffix) switch
        {
            ("", "") => 0,
            ("", _) => 1,
            (_, "") => -1,
            var (a, b) => string.CompareOrdinal(a, b),
        };
    }

    /// <inheritdoc />
    public bool Equals(AppVersion? other) => other is not null && string.Equals(Version, other.Version, StringComparison.Ordinal);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as AppVersion);

    /// <inheritdoc />
    public override int GetHashCode() => Version.GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether both are written alike.</summary>
    public static bool operator ==(AppVersion? first, AppVersion? second) => first is null ? second is null : first.Equals(second);

    /// <summary>Whether they are written differently.</summary>
    public static bool operator !=(AppVersion? first, AppVersion? second) => !(first == second);

    /// <inheritdoc />
    public override string ToString() => Version;
}
