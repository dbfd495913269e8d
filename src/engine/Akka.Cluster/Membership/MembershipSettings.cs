using Akka.Configuration;

namespace Akka.Cluster.Membership;

/// <summary>The times of membership on a table; see cluster.conf.</summary>
internal sealed record MembershipSettings(
    string Table,
    bool AutoJoin,
    TimeSpan HeartbeatInterval,
    TimeSpan LeaseTtl,
    TimeSpan LeaseMargin,
    TimeSpan RefreshInterval,
    TimeSpan HeartbeatPause,
    TimeSpan FirstHeartbeatPause,
    TimeSpan StableAfter)
{
    /// <summary>Two reads further apart than this prove nothing about the time between.</summary>
    public TimeSpan LongestGap => LeaseTtl / 2;

    public static MembershipSettings From(Config config)
    {
        var c = config.GetConfig("akka.cluster")!;
        var settings = new MembershipSettings(
            c.GetString("membership-table"),
            c.GetBoolean("auto-join") || c.GetStringList("seed-nodes").Count > 0,
            c.GetTimeSpan("heartbeat-interval"),
            c.GetTimeSpan("lease-ttl"),
            c.GetTimeSpan("lease-margin"),
            c.GetTimeSpan("refresh-interval"),
            c.GetTimeSpan("failure-detector.acceptable-heartbeat-pause"),
            c.GetTimeSpan("failure-detector.expected-response-after"),
            c.GetTimeSpan("stable-after"));
        if (settings.HeartbeatInterval * 3 > settings.LeaseTtl)
            throw new ConfigurationException($"akka.cluster.heartbeat-interval ({settings.HeartbeatInterval}) has to fit three times into akka.cluster.lease-ttl ({settings.LeaseTtl}), or one late renewal ends a host.");
        return settings;
    }
}
