using System.Globalization;

namespace Akka.Actor;

/// <summary>Where an actor system is: its protocol, its name and, for a remote one, host and port.</summary>
public sealed class Address : IEquatable<Address>, IComparable<Address>
{
    /// <summary>The address that stands for every system.</summary>
    public static readonly Address AllSystems = new("akka", "all-systems");

    private string? _text;

    /// <summary>Creates an address.</summary>
    public Address(string protocol, string system, string? host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        Host = host?.ToLowerInvariant();
        Port = port;
    }

    /// <summary>The protocol, e.g. <c>akka</c>.</summary>
    public string Protocol { get; }

    /// <summary>The name of the actor system.</summary>
    public string System { get; }

    /// <summary>The host, or null for a local address.</summary>
    public string? Host { get; }

    /// <summary>The port, or null for a local address.</summary>
    public int? Port { get; }

    /// <summary>True when the address has no host: it means something only inside this process.</summary>
    public bool HasLocalScope => string.IsNullOrEmpty(Host);

    /// <summary>True when the address can be used from everywhere.</summary>
    public bool HasGlobalScope => !HasLocalScope;

    /// <summary>The same address on another host.</summary>
    public Address WithHost(string? host = null) => new(Protocol, System, host, Port);

    /// <summary>The same address on another port.</summary>
    public Address WithPort(int? port = null) => new(Protocol, System, Host, port);

    /// <summary>The same address with another system name.</summary>
    public Address WithSystem(string system) => new(Protocol, system, Host, Port);

    /// <summary>The same address with another protocol.</summary>
    public Address WithProtocol(string protocol) => new(protocol, System, Host, Port);

    /// <summary>The part after the protocol.</summary>
    public string HostPort() => ToString()[(Protocol.Length + 3)..];

    /// <summary>Reads <c>protocol://system[@host:port]</c>.</summary>
    public static Address Parse(string address) =>
        TryParse(address, out var parsed) ? parsed! : throw new UriFormatException($"Invalid address: [{address}]");

    /// <summary>Reads an address; false where the text is none.</summary>
    public static bool TryParse(string path, out Address? address)
    {
        address = null;
        var protocolEnd = path.IndexOf("://", StringComparison.Ordinal);
        if (protocolEnd <= 0) return false;
        var rest = path[(protocolEnd + 3)..];
        var slash = rest.IndexOf('/');
        if (slash >= 0) rest = rest[..slash];
        var at = rest.IndexOf('@');
        if (at < 0)
        {
            if (rest.Length == 0) return false;
            address = new Address(path[..protocolEnd], rest);
            return true;
        }

        var colon = rest.LastIndexOf(':');
        if (colon < at || !int.TryParse(rest.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return false;
        address = new Address(path[..protocolEnd], rest[..at], rest[(at + 1)..colon], port);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => _text ??= Host is null ? $"{Protocol}://{System}" : $"{Protocol}://{System}@{Host}:{Port}";

    /// <inheritdoc />
    public bool Equals(Address? other) =>
        ReferenceEquals(this, other) || other is not null && Protocol == other.Protocol && System == other.System && Host == other.Host && Port == other.Port;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Address);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Protocol, System, Host, Port);

    /// <inheritdoc />
    public int CompareTo(Address? other) => string.CompareOrdinal(ToString(), other?.ToString());
}
