using Akka.Configuration;

namespace Akka.Coordination;

/// <summary>The settings of a lease.</summary>
public sealed class LeaseSettings(string leaseName, string ownerName, TimeoutSettings timeoutSettings, Config leaseConfig)
{
    /// <summary>Its name; who uses the same name shares the lease.</summary>
    public string LeaseName { get; } = leaseName;

    /// <summary>Who wants it.</summary>
    public string OwnerName { get; } = ownerName;

    /// <summary>Its times.</summary>
    public TimeoutSettings TimeoutSettings { get; } = timeoutSettings;

    /// <summary>All settings of the implementation.</summary>
    public Config LeaseConfig { get; } = leaseConfig;

    /// <summary>Reads the settings of a section.</summary>
    public static LeaseSettings Create(Config config, string leaseName, string ownerName) => new(leaseName, ownerName, TimeoutSettings.Create(config), config);

    /// <summary>The same with other times.</summary>
    public LeaseSettings WithTimeoutSettings(TimeoutSettings timeoutSettings) => new(LeaseName, OwnerName, timeoutSettings, LeaseConfig);

    /// <inheritdoc />
    public override string ToString() => $"LeaseSettings({LeaseName}, {OwnerName}, {TimeoutSettings})";
}

/// <summary>Which lease a component uses, and how often it tries to get it.</summary>
public sealed class LeaseUsageSettings(string leaseImplementation, TimeSpan leaseRetryInterval)
{
    /// <summary>The path of the settings of the implementation.</summary>
    public string LeaseImplementation { get; } = leaseImplementation;

    /// <summary>How long it waits before it tries again.</summary>
    public TimeSpan LeaseRetryInterval { get; } = leaseRetryInterval;

    /// <inheritdoc />
    public override string ToString() => $"LeaseUsageSettings({LeaseImplementation}, {LeaseRetryInterval})";
}
