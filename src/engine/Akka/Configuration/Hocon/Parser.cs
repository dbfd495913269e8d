namespace Akka.Configuration.Hocon;

/// <summary>Parses HOCON texts.</summary>
public class Parser
{
    /// <summary>Parses a text; its substitutions are resolved when a <see cref="Config"/> is made of it.</summary>
    /// <exception cref="ConfigurationException">The text is no HOCON; the message starts with line and column.</exception>
    public static HoconRoot Parse(string text, Func<string, HoconRoot>? includeCallback) =>
        new(new HoconValue(new HoconReader(text, "hocon", null, new FileSource(), includeCallback, [], 0).ReadRoot(), ""));

    internal static HoconRoot Root(string text, string origin, IHoconSource source) =>
        new(new HoconValue(new HoconReader(text, origin, origin, source, null, [], 0).ReadRoot(), ""));
}
