using Akka.Configuration;

namespace AkkaKube.Tests;

/// <summary>The settings that ship with the product, for tests that need a component with its defaults.</summary>
internal static class ReferenceConf
{
    /// <summary>What is expected comes at once, but on a machine with much to do: this is when it is given up.</summary>
    public const string Patience = "akka.test.single-expect-default = 20s\nakka.test.default-timeout = 30s\n";

    /// <summary>hocon/reference.conf, parsed, below <paramref name="overrides"/>.</summary>
    public static Config With(string overrides = "")
    {
        using var stream = typeof(ReferenceConf).Assembly.GetManifestResourceStream("reference.conf")!;
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(overrides).WithFallback(ConfigurationFactory.ParseString(Patience + reader.ReadToEnd()));
    }
}
