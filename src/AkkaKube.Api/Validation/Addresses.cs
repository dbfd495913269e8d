using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation;

/// <summary>IP addresses and CIDR blocks as fields hold them.</summary>
internal static class Addresses
{
    private const string NotAddress = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
    private const string NotBlock = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

    /// <summary>An address; leading zeros and IPv4 in IPv6 are refused since programs read them differently. True when it is right.</summary>
    public static bool Check(FieldErrors errors, FieldPath path, string? value, ValueList<string>? allowed = null)
    {
        if (allowed is { } old && value is not null && old.Contains(value)) return true;
        if (Parse(value) is not { } address)
        {
            errors.Invalid(path, value, NotAddress);
            return false;
        }
        if (HasLeadingZeros(value!)) errors.Invalid(path, value, "must not have leading 0s");
        else if (address.IsIPv4MappedToIPv6) errors.Invalid(path, value, "must not be an IPv4-mapped IPv6 address");
        else return true;
        return false;
    }

    /// <summary>A block of addresses in the form network/length.</summary>
    public static void CheckBlock(FieldErrors errors, FieldPath path, string value, ValueList<string>? allowed = null)
    {
        if (allowed is { } old && old.Contains(value)) return;
        if (ParseBlock(value) is not var (address, length)) errors.Invalid(path, value, NotBlock);
        else if (HasLeadingZeros(value[..value.IndexOf('/')]) || length.ToString(CultureInfo.InvariantCulture) != value[(value.IndexOf('/') + 1)..])
            errors.Invalid(path, value, "must not have leading 0s in IP or prefix length");
        else if (address.IsIPv4MappedToIPv6) errors.Invalid(path, value, "must not have an IPv4-mapped IPv6 address");
        else if (!Mask(address, length).Equals(address)) errors.Invalid(path, value, "must not have bits set beyond the prefix length");
    }

    /// <summary>An address that another host can reach: neither unspecified, loopback nor link-local.</summary>
    public static void CheckReachable(FieldErrors errors, FieldPath path, string? value)
    {
        if (Parse(value) is not { } address)
        {
            errors.Invalid(path, value, "must be a valid IP address");
            return;
        }
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        var v4 = bytes.Length == 4;
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) errors.Invalid(path, value, $"may not be unspecified ({value})");
        if (v4 ? bytes[0] == 127 : address.Equals(IPAddress.IPv6Loopback)) errors.Invalid(path, value, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        if (v4 ? bytes[0] == 169 && bytes[1] == 254 : bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80)
            errors.Invalid(path, value, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        if (v4 ? bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0 : bytes[0] == 0xff && (bytes[1] & 0x0f) == 0x02)
            errors.Invalid(path, value, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
    }

    /// <summary>Whether a text is an IPv6 address (an IPv4 one inside of IPv6 is not).</summary>
    public static bool IsV6(string value) => Parse(value) is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false };

    /// <summary>Whether a text is an IPv4 address.</summary>
    public static bool IsV4(string value) => Parse(value) is { } address && (address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6);

    /// <summary>Whether the blocks or addresses are of both families.</summary>
    public static bool AreDualStack(ValueList<string> values)
    {
        bool v4 = false, v6 = false;
        foreach (var value in values)
        {
            var slash = value.IndexOf('/');
            var isV6 = IsV6(slash < 0 ? value : value[..slash]);
            v4 |= !isV6;
            v6 |= isV6;
        }
        return v4 && v6;
    }

    /// <summary>Warnings about addresses in unusual forms, which old objects may have.</summary>
    public static void Warn(List<string> warnings, FieldPath path, string? value)
    {
        if (Parse(value) is not { } address) return;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString() : address.ToString();
        if (HasLeadingZeros(value!) || address.IsIPv4MappedToIPv6)
            warnings.Add($"{path}: non-standard IP address {ShownValue.Of(value)} is invalid: use {ShownValue.Of(plain)}");
        else if (address.AddressFamily == AddressFamily.InterNetworkV6 && plain != value)
            warnings.Add($"{path}: IPv6 address {ShownValue.Of(value)} should be in RFC 5952 canonical format ({ShownValue.Of(plain)})");
    }

    /// <summary>Warnings about blocks in unusual forms.</summary>
    public static void WarnBlock(List<string> warnings, FieldPath path, string value)
    {
        if (ParseBlock(value) is not var (address, length)) return;
        var network = Mask(address, length);
        if (!network.Equals(address))
            warnings.Add($"{path}: CIDR value {ShownValue.Of(value)} is ambiguous in this context (should be {ShownValue.Of($"{network}/{length}")} or {ShownValue.Of($"{address}/{address.GetAddressBytes().Length * 8}")}?)");
        else if (address.AddressFamily == AddressFamily.InterNetworkV6 && $"{network}/{length}" != value)
            warnings.Add($"{path}: IPv6 CIDR value {ShownValue.Of(value)} should be in RFC 5952 canonical format ({ShownValue.Of($"{network}/{length}")})");
    }

    /// <summary>The address a text means, null when it means none; IPv4 parts may have leading zeros.</summary>
    public static IPAddress? Parse(string? value)
    {
        if (string.IsNullOrEmpty(value)) return null;
        if (value.Contains(':', StringComparison.Ordinal))
        {
            foreach (var c in value)
                if (!char.IsAsciiHexDigit(c) && c is not (':' or '.')) return null;
            return IPAddress.TryParse(value, out var v6) && v6.AddressFamily == AddressFamily.InterNetworkV6 ? v6 : null;
        }
        Span<byte> bytes = stackalloc byte[4];
        var part = 0;
        foreach (var range in value.AsSpan().Split('.'))
        {
            if (part == 4 || !Decimal(value.AsSpan(range), 255, out var number)) return null;
            bytes[part++] = (byte)number;
        }
        return part == 4 ? new IPAddress(bytes) : null;
    }

    private static (IPAddress Address, int Length)? ParseBlock(string value)
    {
        var slash = value.IndexOf('/');
        if (slash < 0 || Parse(value[..slash]) is not { } address) return null;
        return Decimal(value.AsSpan(slash + 1), address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128, out var length) ? (address, length) : null;
    }

    private static IPAddress Mask(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var bits = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xff << (8 - bits));
        }
        return new IPAddress(bytes);
    }

    private static bool HasLeadingZeros(string value)
    {
        if (value.Contains(':', StringComparison.Ordinal)) return false;
        foreach (var range in value.AsSpan().Split('.'))
            if (value.AsSpan(range) is ['0', _, ..]) return true;
        return false;
    }

    private static bool Decimal(ReadOnlySpan<char> text, int limit, out int number)
    {
        number = 0;
        if (text.Length == 0) return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            number = (number * 10) + (c - '0');
            if (number > limit) return false;
        }
        return true;
    }
}
