using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The settings that a system starts from.</summary>
public class BootstrapSetup : Setup.Setup
{
    private BootstrapSetup(Option<Config> config) => Config = config;

    /// <summary>The settings, if there are any.</summary>
    public Option<Config> Config { get; }

    /// <summary>Starts from nothing.</summary>
    public static BootstrapSetup Create() => new(Option<Config>.None);

    /// <summary>Starts from settings.</summary>
    public BootstrapSetup WithConfig(Config config) => new(new Option<Config>(config));

    /// <summary>Adds settings below the others.</summary>
    public BootstrapSetup WithConfigFallback(Config config) =>
        new(new Option<Config>(Config.HasValue ? Config.Value.WithFallback(config) : config));
}
