using System.Collections;
using System.Reflection;
using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>Makes configurations from texts, files, embedded resources and objects.</summary>
public class ConfigurationFactory
{
    /// <summary>A configuration without settings.</summary>
    public static Config Empty => Config.Empty;

    /// <summary>Parses HOCON. Files that it includes are looked for from the current folder.</summary>
    /// <exception cref="ConfigurationException">The text is no HOCON; the message starts with line and column.</exception>
    public static Config ParseString(string hocon) => new(Parser.Parse(hocon, null));

    /// <summary>Parses HOCON; <paramref name="includeCallback"/> is given the name in every <c>include</c> and answers its content.</summary>
    public static Config ParseString(string hocon, Func<string, HoconRoot>? includeCallback) => new(Parser.Parse(hocon, includeCallback));

    /// <summary>The settings of the program: the file <c>akka.conf</c> or <c>akka.hocon</c> beside it, or none.</summary>
    public static Config Load()
    {
        foreach (var name in (string[])["akka.conf", "akka.hocon"])
        {
            if (new FileSource().Read(Path.Combine(AppContext.BaseDirectory, name), null) is { } file) return Parse(file.Text, file.Origin, new FileSource());
        }
        return Empty;
    }

    /// <summary>The defaults of the engine.</summary>
    public static Config Default() => FromResource<Config>("Akka.Configuration.akka.conf");

    /// <summary>Parses a resource of the assembly of <typeparamref name="TAssembly"/>.</summary>
    public static Config FromResource<TAssembly>(string resourceName) => FromResource(resourceName, typeof(TAssembly).Assembly);

    /// <summary>Parses a resource of the assembly that the object is, or that its type is from.</summary>
    public static Config FromResource(string resourceName, object instanceInAssembly) => instanceInAssembly switch
    {
        Assembly assembly => FromResource(resourceName, assembly),
        Type type => FromResource(resourceName, type.Assembly),
        _ => FromResource(resourceName, instanceInAssembly.GetType().Assembly),
    };

    /// <summary>Parses a resource of an assembly.</summary>
    public static Config FromResource(string resourceName, Assembly assembly)
    {
        using var stream = assembly.GetManifestResourceStream(resourceName)
            ?? throw new ConfigurationException($"{assembly.GetName().Name} has no resource '{resourceName}'");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), resourceName, new FileSource());
    }

    /// <summary>The public properties of an object, the entries of a dictionary, the items of a list, at any depth.</summary>
    public static Config FromObject(object source) => NodeOf(source) is ObjectNode o
        ? new Config(o, null)
        : throw new ConfigurationException($"{source.GetType().Name} has no properties to make settings of");

    internal static Config Parse(string hocon, string origin, IHoconSource source) => new(Parser.Root(hocon, origin, source));

    private static HoconNode NodeOf(object? source)
    {
        var nowhere = new Position("object", 1, 1);
        return source switch
        {
            null => new ScalarNode(nowhere, "null", ScalarKind.Null),
            string or char or Guid or Enum or Uri => new ScalarNode(nowhere, source.ToString()!, ScalarKind.Quoted),
            bool flag => new ScalarNode(nowhere, flag ? "true" : "false", ScalarKind.Unquoted),
            TimeSpan span => new ScalarNode(nowhere, FormattableString.Invariant($"{span.TotalMilliseconds} ms"), ScalarKind.Unquoted),
            IFormattable number => new ScalarNode(nowhere, number.ToString(null, System.Globalization.CultureInfo.InvariantCulture), ScalarKind.Unquoted),
            IDictionary map => new ObjectNode(nowhere, map.Keys.Cast<object>().ToDictionary(k => k.ToString()!, k => NodeOf(map[k]))),
            IEnumerable items => new ArrayNode(nowhere, [.. items.Cast<object?>().Select(NodeOf)]),
            _ => new ObjectNode(nowhere, source.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.CanRead && p.GetIndexParameters().Length == 0).ToDictionary(p => p.Name, p => NodeOf(p.GetValue(source)))),
        };
    }
}
