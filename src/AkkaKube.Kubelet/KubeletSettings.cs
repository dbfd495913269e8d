using Akka.Configuration;
using AkkaKube.Api;
using AkkaKube.Kubelet.Pods;

namespace AkkaKube.Kubelet;

/// <summary>The section <c>akkakube.kubelet</c>.</summary>
public sealed record KubeletSettings
{
    /// <summary>What a node that registers itself has.</summary>
    public required ValueMap<Quantity> Capacity { get; init; }

    /// <summary>How long a node's lease holds; it is renewed four times as often.</summary>
    public required TimeSpan LeaseDuration { get; init; }

    /// <summary>How often the node's status is written although nothing changed.</summary>
    public required TimeSpan StatusReportPeriod { get; init; }

    /// <summary>How long after a client created a Node its kubelet first writes to it.</summary>
    public required TimeSpan AdoptionDelay { get; init; }

    /// <summary>How long a program that begins anew because its node moved to another host may fail its container's probes.</summary>
    public required TimeSpan AdoptionGrace { get; init; }

    /// <summary>How many shards the kubelets of a cluster of hosts are divided into.</summary>
    public required int Shards { get; init; }

    /// <summary>How often every kubelet that should run is told so, although nothing changed.</summary>
    public required TimeSpan SweepPeriod { get; init; }

    /// <summary>When something that failed for a pod (sandbox, configuration, status write) is tried again.</summary>
    public required TimeSpan RetryPeriod { get; init; }

    /// <summary>How long a failed image pull shows before the back-off does.</summary>
    public required TimeSpan PullErrorShown { get; init; }

    /// <summary>How many events of this process's kubelets are on their way to the API server at a time.</summary>
    public required int EventsUnderWay { get; init; }

    /// <summary>How many pod statuses are.</summary>
    public required int StatusesUnderWay { get; init; }

    /// <summary>First and longest delay before a container that failed is started again.</summary>
    internal BackOffSettings Restart { get; init; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));

    /// <summary>First and longest delay before an image is pulled again.</summary>
    internal BackOffSettings Pull { get; init; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));

    /// <summary>Reads the section.</summary>
    public static KubeletSettings From(Config config)
    {
        var section = config.GetConfig("akkakube.kubelet");
        return new KubeletSettings
        {
            Capacity = ValueMap.Of(
                ("cpu", Quantity.Parse(section.GetString("capacity.cpu"))),
                ("memory", Quantity.Parse(section.GetString("capacity.memory"))),
                ("ephemeral-storage", Quantity.Parse(section.GetString("capacity.ephemeral-storage"))),
                ("pods", Quantity.Parse(section.GetString("capacity.pods"))),
                ("hugepages-1Gi", Quantity.Zero),
                ("hugepages-2Mi", Quantity.Zero)),
            LeaseDuration = section.GetTimeSpan("lease-duration"),
            StatusReportPeriod = section.GetTimeSpan("status-report-period"),
            AdoptionDelay = section.GetTimeSpan("adoption-delay"),
            AdoptionGrace = section.GetTimeSpan("adoption-grace"),
            Shards = section.GetInt("shards"),
            SweepPeriod = section.GetTimeSpan("sweep-period"),
            RetryPeriod = section.GetTimeSpan("retry-period"),
            PullErrorShown = section.GetTimeSpan("pull-error-shown"),
            EventsUnderWay = section.GetInt("events-under-way"),
            StatusesUnderWay = section.GetInt("statuses-under-way"),
            Restart = new BackOffSettings(section.GetTimeSpan("restart-back-off.initial"), section.GetTimeSpan("restart-back-off.max")),
            Pull = new BackOffSettings(section.GetTimeSpan("pull-back-off.initial"), section.GetTimeSpan("pull-back-off.max")),
        };
    }
}
