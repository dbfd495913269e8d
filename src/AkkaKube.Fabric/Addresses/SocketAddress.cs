using System.Globalization;

namespace AkkaKube.Fabric;

/// <summary>One end of a connection: an address of the emulation and a port.</summary>
/// <param name="Ip">In its usual textual form, e.g. <c>10.244.1.7</c> or <c>fd00::7</c>.</param>
/// <param name="Port">1 to 65535; 0 where any port will do.</param>
public readonly record struct SocketAddress(string Ip, int Port)
{
    /// <summary>Whether the address names the machine that looks at it (127.0.0.0/8, ::1).</summary>
    public bool IsLoopback => Ip.StartsWith("127.", StringComparison.Ordinal) || Ip == "::1";

    /// <summary><c>ip:port</c>, an IPv6 address in brackets.</summary>
    public override string ToString() => Ip.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"[{Ip}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Ip}:{Port}");
}
