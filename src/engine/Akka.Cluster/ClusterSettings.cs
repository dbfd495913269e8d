using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Cluster;

/// <summary>The settings of the cluster.</summary>
public sealed class ClusterSettings
{
    /// <summary>Reads them.</summary>
    public ClusterSettings(Config config, string systemName)
    {
        var c = config.GetConfig("akka.cluster") ?? throw new ConfigurationException($"The settings of the actor system '{systemName}' have no section akka.cluster.");
        Roles = c.GetStringList("roles").ToImmutableHashSet(StringComparer.Ordinal);
        AppVersion = AppVersion.Create(c.GetString("app-version"));
        SeedNodes = [.. c.GetStringList("seed-nodes").Select(Address.Parse)];
        MinNrOfMembers = c.GetInt("min-nr-of-members");
        HeartbeatInterval = c.GetTimeSpan("heartbeat-interval");
        RunCoordinatedShutdownWhenDown = c.GetBoolean("run-coordinated-shutdown-when-down");
        LogInfo = c.GetBoolean("log-info");
        UseDispatcher = c.GetString("use-dispatcher");
        Membership = MembershipSettings.From(config);
    }

    /// <summary>What this host may run.</summary>
    public ImmutableHashSet<string> Roles { get; }

    /// <summary>The version of the program.</summary>
    public AppVersion AppVersion { get; }

    /// <summary>Where hosts may be; with any of them this one joins when its system starts.</summary>
    public ImmutableList<Address> SeedNodes { get; }

    /// <summary>How many hosts must have joined before any comes up.</summary>
    public int MinNrOfMembers { get; }

    /// <summary>How often hosts greet each other.</summary>
    public TimeSpan HeartbeatInterval { get; }

    /// <summary>Whether a host that was declared dead stops its actor system.</summary>
    public bool RunCoordinatedShutdownWhenDown { get; }

    /// <summary>Whether the course of membership is written to the log.</summary>
    public bool LogInfo { get; }

    /// <summary>The dispatcher of the cluster's own actors.</summary>
    public string UseDispatcher { get; }

    internal MembershipSettings Membership { get; }
}
