namespace Akka.Configuration;

/// <summary>What can be asked of a configuration that may be null.</summary>
public static class ConfigExtensions
{
    /// <summary><paramref name="config"/> above <paramref name="fallback"/>; either may be null or both the same.</summary>
    public static Config SafeWithFallback(this Config? config, Config fallback) =>
        config is null ? fallback : ReferenceEquals(config, fallback) ? config : config.WithFallback(fallback);

    /// <summary>True when there is no setting in it.</summary>
    public static bool IsNullOrEmpty(this Config? config) => config is null || config.IsEmpty;
}
