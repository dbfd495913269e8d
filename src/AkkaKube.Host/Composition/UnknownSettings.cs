using Akka.Configuration;
using Akka.Configuration.Hocon;
using AkkaKube.Console.Commands;

namespace AkkaKube.Host.Composition;

/// <summary>Settings under <c>akkakube</c> that nobody reads: misspelt, or of an older version. What the engine's own plugins read, under <c>akka</c>, is left alone.</summary>
internal static class UnknownSettings
{
    private const string Own = "akkakube";

    /// <summary>The settings that <paramref name="config"/> has and <paramref name="known"/> has not, in the order of their names.</summary>
    /// <param name="config">The settings of a host, the user's among them.</param>
    /// <param name="known">Every setting that there is. An empty object takes any keys.</param>
    public static IReadOnlyList<string> In(Config config, Config known)
    {
        var found = new List<string>();
        if (config.GetValue(Own) is { } own && known.GetValue(Own) is { } all) Compare(Own, own, all, found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>What is wrong, in a line: the settings, and what may have been meant.</summary>
    public static string Describe(string file, IReadOnlyList<string> unknown, Config known)
    {
        var names = new List<string>();
        if (known.GetValue(Own) is { } all) Collect(Own, all, names);
        var nearest = NearestNames.Of(unknown[0], names);
        var hint = nearest.Count == 0 ? "hocon/reference.conf has all that there are" : $"did you mean {nearest[0]}?";
        return unknown.Count == 1
            ? $"the config file {file} sets {unknown[0]}, which is not a setting; {hint}"
            : $"the config file {file} sets {string.Join(", ", unknown)}, which are not settings; {hint}";
    }

    private static void Compare(string path, HoconValue given, HoconValue known, List<string> found)
    {
        if (!given.IsObject() || !known.IsObject()) return;
        var settings = known.GetObject().Items;
        if (settings.Count == 0) return;
        foreach (var (key, value) in given.GetObject().Items)
        {
            if (settings.TryGetValue(key, out var one)) Compare($"{path}.{key}", value, one, found);
            else Collect($"{path}.{key}", value, found);
        }
    }

    /// <summary>The leaves below a path; the path itself where there is none.</summary>
    private static void Collect(string path, HoconValue value, List<string> into)
    {
        if (!value.IsObject() || value.GetObject().Items is not { Count: > 0 } items) into.Add(path);
        else foreach (var (key, child) in items) Collect($"{path}.{key}", child, into);
    }
}
