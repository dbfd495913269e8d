using Akka.Configuration;
using AkkaKube.Host.Up;

namespace AkkaKube.Host.Composition;

/// <summary>The settings of a host: the command line over the user's file over reference.conf.</summary>
internal static class HostConfig
{
    /// <summary>The settings for these options.</summary>
    /// <exception cref="Refusal">The file is missing, or not HOCON: says where.</exception>
    public static Config Load(UpOptions options, string journalPath, string rootCertificate)
    {
        var config = BuiltIn("single.conf").WithFallback(Reference());
        if (options.ConfigFile is { } file)
        {
            if (!File.Exists(file)) throw new Refusal($"the config file {file} does not exist.");
            try
            {
                // An include, so that faults name the file.
                config = ConfigurationFactory.ParseString($"include required(file({Quote(Path.GetFullPath(file))}))").WithFallback(config);
                _ = config.Root;
            }
            catch (ConfigurationException fault)
            {
                throw new Refusal(fault.Message, fault);
            }
        }

        var line = $"akkakube.persistence.sqlite.path = {Quote(journalPath)}\nakkakube.controllers.root-ca = \"\"\"{rootCertificate}\"\"\"\n";
        if (options.Durability is { } durability) line += $"akkakube.persistence.durability = {durability}\n";
        return ConfigurationFactory.ParseString(line).WithFallback(config);
    }

    /// <summary>hocon/reference.conf as it was built in.</summary>
    public static Config Reference() => BuiltIn("reference.conf");

    private static Config BuiltIn(string name)
    {
        using var stream = typeof(HostConfig).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
