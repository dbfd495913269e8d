using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>
/// An immutable tree of settings in HOCON. Layers are put over each other with <see cref="WithFallback"/>; substitutions are resolved against
/// the whole of the layers, at the first look into them, so a file may refer to a setting of the layer below it.
/// </summary>
public class Config
{
    /// <summary>A configuration without settings.</summary>
    public static readonly Config Empty = new();

    private readonly ObjectNode _raw;
    private readonly Lazy<ObjectNode> _resolved;

    /// <summary>Where the settings stand in the configuration that this section was taken from, for the messages about them.</summary>
    private readonly string _path;

    /// <summary>A configuration without settings.</summary>
    public Config() : this(ObjectNode.Empty, null)
    {
    }

    /// <summary>The settings of a parsed text.</summary>
    public Config(HoconRoot root) : this(RawObject(root), null)
    {
    }

    /// <summary><paramref name="source"/> with <paramref name="fallback"/> below it.</summary>
    public Config(Config source, Config? fallback)
        : this(fallback is null ? source._raw : (ObjectNode)Merging.Over(source._raw, fallback._raw), fallback, source._path)
    {
    }

    internal Config(ObjectNode raw, Config? fallback, string path = "")
    {
        _raw = raw;
        _path = path;
        Fallback = fallback!;
        _resolved = new Lazy<ObjectNode>(() => Resolver.Resolve(_raw));
    }

    /// <summary>The layer that was put below this one, or null.</summary>
    public Config Fallback { get; }

    /// <summary>True when there is no setting in it.</summary>
    public virtual bool IsEmpty => _raw.Fields.Count == 0;

    /// <summary>All the settings, with the layers merged and the substitutions resolved.</summary>
    public virtual HoconValue Root => new(_resolved.Value, _path);

    /// <summary>This configuration, which wins, above <paramref name="fallback"/>.</summary>
    public virtual Config WithFallback(Config? fallback)
    {
        if (ReferenceEquals(fallback, this)) throw new ArgumentException("A configuration cannot be its own fallback", nameof(fallback));
        if (fallback is null || fallback.IsEmpty) return this;
        return IsEmpty ? fallback : new Config(this, fallback);
    }

    /// <summary>A configuration with the same settings and <paramref name="fallback"/> below them.</summary>
    protected Config Copy(Config? fallback = null) => new(this, fallback);

    /// <summary>True when there is a value, and not <c>null</c>, at the path.</summary>
    public virtual bool HasPath(string path) => Find(path) is not null;

    /// <summary>The value at the path, or null.</summary>
    public HoconValue GetValue(string path) => Find(path)!;

#nullable disable annotations
    /// <summary>The section at the path, or null when it is missing.</summary>
    public virtual Config GetConfig(string path) => Find(path) is { } value ? value.ToConfig() : null;

    /// <summary>The text at the path.</summary>
    public virtual string GetString(string path, string @default = null) => Find(path) is { } value ? value.GetString() : @default;
#nullable restore annotations

    /// <summary>true, on, yes or false, off, no.</summary>
    public virtual bool GetBoolean(string path, bool @default = false) => Find(path)?.GetBoolean() ?? @default;

    /// <summary>A whole number.</summary>
    public virtual int GetInt(string path, int @default = 0) => Find(path)?.GetInt() ?? @default;

    /// <summary>A whole number.</summary>
    public virtual long GetLong(string path, long @default = 0) => Find(path)?.GetLong() ?? @default;

    /// <summary>A number.</summary>
    public virtual float GetFloat(string path, float @default = 0) => Find(path)?.GetFloat() ?? @default;

    /// <summary>A number.</summary>
    public virtual double GetDouble(string path, double @default = 0) => Find(path)?.GetDouble() ?? @default;

    /// <summary>A number.</summary>
    public virtual decimal GetDecimal(string path, decimal @default = 0) => Find(path)?.GetDecimal() ?? @default;

    /// <summary>A size such as <c>512 KiB</c> in bytes, or null when missing.</summary>
    public virtual long? GetByteSize(string path) => Find(path)?.GetByteSize();

    /// <summary>A size such as <c>512 KiB</c> in bytes.</summary>
    public virtual long? GetByteSize(string path, long? def = null) => Find(path) is { } value ? value.GetByteSize() : def;

    /// <summary>A duration such as <c>500 ms</c>; a bare number is milliseconds, <c>infinite</c> is <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        Find(path)?.GetTimeSpan(allowInfinite) ?? @default.GetValueOrDefault();

    /// <summary>The texts of the list at the path; empty when missing.</summary>
    public virtual IList<string> GetStringList(string path) => Find(path)?.GetStringList() ?? [];

    /// <summary>The texts of the list at the path.</summary>
    public virtual IList<string> GetStringList(string path, string[] defaultPaths) => Find(path)?.GetStringList() ?? defaultPaths;

    /// <summary>The booleans of the list at the path.</summary>
    public virtual IList<bool> GetBooleanList(string path) => Find(path)?.GetBooleanList() ?? [];

    /// <summary>The numbers of the list at the path.</summary>
    public virtual IList<int> GetIntList(string path) => Find(path)?.GetIntList() ?? [];

    /// <summary>The numbers of the list at the path.</summary>
    public virtual IList<long> GetLongList(string path) => Find(path)?.GetLongList() ?? [];

    /// <summary>The numbers of the list at the path.</summary>
    public virtual IList<byte> GetByteList(string path) => Find(path)?.GetByteList() ?? [];

    /// <summary>The numbers of the list at the path.</summary>
    public virtual IList<float> GetFloatList(string path) => Find(path)?.GetFloatList() ?? [];

    /// <summary>The numbers of the list at the path.</summary>
    public virtual IList<double> GetDoubleList(string path) => Find(path)?.GetDoubleList() ?? [];

    /// <summary>The numbers of the list at the path.</summary>
    public virtual IList<decimal> GetDecimalList(string path) => Find(path)?.GetDecimalList() ?? [];

    /// <summary>The top-level keys with their values.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() => Root.GetObject().Items;

    /// <summary>The settings in HOCON.</summary>
    public override string ToString() => Printer.Print(_resolved.Value);

    /// <summary>The settings in HOCON; the layers below are always part of them.</summary>
    public string ToString(bool includeFallback) => ToString();

    /// <summary>A configuration from a text.</summary>
    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    /// <summary>A configuration above a text.</summary>
    public static Config operator +(Config config, string fallback) => config.WithFallback(ConfigurationFactory.ParseString(fallback));

    /// <summary>A text above a configuration.</summary>
    public static Config operator +(string configHocon, Config fallbackConfig) => ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    private HoconValue? Find(string path)
    {
        HoconNode node = _resolved.Value;
        foreach (var key in KeyPath.Split(path))
        {
            if (node is not ObjectNode o || !o.Fields.TryGetValue(key, out node!)) return null;
        }
        return node is ScalarNode { Kind: ScalarKind.Null } ? null : new HoconValue(node, _path.Length == 0 ? path : _path + "." + path);
    }

    private static ObjectNode RawObject(HoconRoot root) => root.Value.Node switch
    {
        ObjectNode o => o,
        var other => throw other.Position.Error("expected an object at the root"),
    };
}
