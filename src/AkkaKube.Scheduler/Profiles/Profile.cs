using AkkaKube.Scheduler.Framework;
using AkkaKube.Scheduler.Plugins;

namespace AkkaKube.Scheduler.Profiles;

/// <summary>Which plugins run at which extension point, in which order, and how much a score weighs (KubeSchedulerConfiguration v1).</summary>
internal sealed record Profile
{
    /// <summary>The pods that ask for this scheduler by spec.schedulerName.</summary>
    public string SchedulerName { get; init; } = "default-scheduler";

    public required IQueueSortPlugin QueueSort { get; init; }

    public required IPreFilterPlugin[] PreFilters { get; init; }

    public required IFilterPlugin[] Filters { get; init; }

    public required IPostFilterPlugin[] PostFilters { get; init; }

    public required (IScorePlugin Plugin, int Weight)[] Scores { get; init; }

    public required IReservePlugin[] Reserves { get; init; }

    public required IPermitPlugin[] Permits { get; init; }

    public required IPreBindPlugin[] PreBinds { get; init; }

    public required IBindPlugin[] Binds { get; init; }

    /// <summary>The default profile of v1.36: a plugin is named once and runs at every point that it implements.</summary>
    public static Profile Default() => Of(
        (new PrioritySort(), 0),
        (new NodeUnschedulable(), 0),
        (new NodeName(), 0),
        (new TaintToleration(), 3),
        (new NodeAffinity(), 2),
        (new NodePorts(), 0),
        (new NodeResourcesFit(), 1),
        (new PodTopologySpread(), 2),
        (new InterPodAffinity(), 2),
        (new DynamicResources(), 0),
        (new DefaultPreemption(), 0),
        (new NodeResourcesBalancedAllocation(), 1),
        (new ImageLocality(), 1),
        (new DefaultBinder(), 0));

    /// <summary>A profile of these plugins, in this order, with the weights of their scores.</summary>
    public static Profile Of(params (object Plugin, int Weight)[] plugins) => new()
    {
        QueueSort = All<IQueueSortPlugin>(plugins).Single(),
        PreFilters = All<IPreFilterPlugin>(plugins),
        Filters = All<IFilterPlugin>(plugins),
        PostFilters = All<IPostFilterPlugin>(plugins),
        Scores = [.. plugins.Where(p => p.Plugin is IScorePlugin).Select(p => ((IScorePlugin)p.Plugin, p.Weight))],
        Reserves = All<IReservePlugin>(plugins),
        Permits = All<IPermitPlugin>(plugins),
        PreBinds = All<IPreBindPlugin>(plugins),
        Binds = All<IBindPlugin>(plugins),
    };

    private static T[] All<T>((object Plugin, int Weight)[] plugins) => [.. plugins.Select(p => p.Plugin).OfType<T>()];
}
