namespace AkkaKube.Kubelet.Nodes;

/// <summary>How a kubelet finds its node when it starts.</summary>
internal enum NodeArrival
{
    /// <summary>The machine has been switched on with the process: containers that ran before have ended.</summary>
    SwitchedOn,

    /// <summary>The same in a cluster of hosts: the machine was switched off and on again, and that has to be noted when it is up.</summary>
    Rebooted,

    /// <summary>The kubelet has come from another host, or was started again: the machine ran on all the time, and so did its pods.</summary>
    Moved,
}
