using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Sharding;

/// <summary>How a type of entity is sharded.</summary>
public sealed class ClusterShardingSettings : INoSerializationVerificationNeeded
{
    private ClusterShardingSettings(ClusterShardingSettings? other = null)
    {
        if (other is null) return;
        Role = other.Role;
        RememberEntities = other.RememberEntities;
        PassivateIdleEntityAfter = other.PassivateIdleEntityAfter;
        ShardRegionQueryTimeout = other.ShardRegionQueryTimeout;
        TuningParameters = other.TuningParameters;
    }

    /// <summary>The role of the hosts that have the shards; null: all hosts.</summary>
    public string? Role { get; private init; }

    /// <summary>Whether entities that once started are started again wherever their shard goes.</summary>
    public bool RememberEntities { get; private init; }

    /// <summary>After how long without a message an entity is stopped; zero: never. Remembered entities never are.</summary>
    public TimeSpan PassivateIdleEntityAfter { get; private init; }

    /// <summary>How long a region waits for its shards when it is asked what it has.</summary>
    public TimeSpan ShardRegionQueryTimeout { get; private init; }

    /// <summary>What rarely has to be changed.</summary>
    public TuningParameters TuningParameters { get; private init; } = null!;

    /// <summary>The settings at <c>akka.cluster.sharding</c>.</summary>
    public static ClusterShardingSettings Create(ActorSystem system)
    {
        system.Settings.InjectTopLevelFallback(ClusterSharding.DefaultConfig());
        var config = system.Settings.Config.GetConfig("akka.cluster.sharding");
        return From(config);
    }

    /// <summary>The same for the hosts of a role.</summary>
    public ClusterShardingSettings WithRole(string? role) => new(this) { Role = string.IsNullOrEmpty(role) ? null : role };

    /// <summary>The same with or without remembering.</summary>
    public ClusterShardingSettings WithRememberEntities(bool rememberEntities) => new(this) { RememberEntities = rememberEntities };

    /// <summary>The same with another time; zero: never.</summary>
    public ClusterShardingSettings WithPassivateIdleAfter(TimeSpan duration) => new(this) { PassivateIdleEntityAfter = duration };

    /// <summary>The same with other parameters.</summary>
    public ClusterShardingSettings WithTuningParameters(TuningParameters tuningParameters) =>
        new(this) { TuningParameters = tuningParameters ?? throw new ArgumentNullException(nameof(tuningParameters)) };

    internal static ClusterShardingSettings From(Config config) => new()
    {
        Role = config.GetString("role") is { Length: > 0 } role ? role : null,
        RememberEntities = config.GetBoolean("remember-entities"),
        PassivateIdleEntityAfter = config.GetString("passivate-idle-entity-after") is "off" or "false" ? TimeSpan.Zero : config.GetTimeSpan("passivate-idle-entity-after"),
        ShardRegionQueryTimeout = config.GetTimeSpan("shard-region-query-timeout"),
        TuningParameters = TuningParameters.From(config),
    };
}
