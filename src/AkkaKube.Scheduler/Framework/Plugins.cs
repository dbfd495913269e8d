using AkkaKube.Scheduler.Cycle;

namespace AkkaKube.Scheduler.Framework;

// The extension points of the scheduling framework (KEP-624), in the order in which a pod passes them. A plugin implements
// those it needs; everything it sees is given to it, so a plugin is a function of its arguments.

/// <summary>Orders the pods that wait (extension point QueueSort). Exactly one plugin of a profile does.</summary>
internal interface IQueueSortPlugin
{
    /// <summary>Less than zero: <paramref name="first"/> goes before <paramref name="second"/>.</summary>
    int Compare(Queue.QueuedPod first, Queue.QueuedPod second);
}

/// <summary>Looks at the pod and all nodes once, before the filters (extension point PreFilter).</summary>
internal interface IPreFilterPlugin
{
    /// <summary><see cref="Verdict.Skip"/> leaves out this plugin's filter; a refusal ends the cycle.</summary>
    Verdict PreFilter(CycleState cycle, PodInfo pod, Snapshot snapshot);
}

/// <summary>Says whether a pod can run on a node (extension point Filter).</summary>
internal interface IFilterPlugin
{
    Verdict Filter(CycleState cycle, PodInfo pod, NodeInfo node);
}

/// <summary>Is asked when no node fits (extension point PostFilter).</summary>
internal interface IPostFilterPlugin
{
    /// <summary>What it found, as part of the message that the pod's condition gets.</summary>
    string PostFilter(CycleState cycle, PodInfo pod, Snapshot snapshot, IReadOnlyDictionary<string, Verdict> refusals);
}

/// <summary>Looks at the pod and the nodes that fit once, before the scores (extension point PreScore).</summary>
internal interface IPreScorePlugin
{
    /// <summary><see cref="Verdict.Skip"/> leaves out this plugin's score.</summary>
    Verdict PreScore(CycleState cycle, PodInfo pod, Snapshot snapshot, IReadOnlyList<NodeInfo> feasible);
}

/// <summary>Ranks the nodes that fit (extension point Score).</summary>
internal interface IScorePlugin
{
    /// <summary>Any number; after <see cref="Normalize"/> from 0 to <see cref="Score.Max"/>.</summary>
    long Score(CycleState cycle, PodInfo pod, NodeInfo node);

    /// <summary>Brings the scores of all nodes (same order as <paramref name="nodes"/>) into 0..100. Scores that are so already stay.</summary>
    void Normalize(CycleState cycle, IReadOnlyList<NodeInfo> nodes, Span<long> scores)
    {
    }
}

/// <summary>Is told of the node chosen for a pod, before the binding, and may object (extension point Reserve).</summary>
internal interface IReservePlugin
{
    Verdict Reserve(CycleState cycle, PodInfo pod, string node);

    /// <summary>The binding did not come about. Must bear being called more than once.</summary>
    void Unreserve(CycleState cycle, PodInfo pod, string node);
}

/// <summary>May hold a pod back before its binding (extension point Permit).</summary>
internal interface IPermitPlugin
{
    Verdict Permit(CycleState cycle, PodInfo pod, string node);
}

/// <summary>Prepares what the binding needs (extension point PreBind).</summary>
internal interface IPreBindPlugin
{
    Verdict PreBind(CycleState cycle, PodInfo pod, string node);
}

/// <summary>Makes the request that binds a pod to a node (extension point Bind). The first that does not return null binds.</summary>
internal interface IBindPlugin
{
    Client.Requests.WriteRequest? Bind(PodInfo pod, string node, Client.Requests.UserInfo user, object tag);
}
