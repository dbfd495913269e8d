namespace Akka.Cluster;

/// <summary>How far a member of the cluster has come.</summary>
public enum MemberStatus
{
    /// <summary>Has asked to be in.</summary>
    Joining = 0,

    /// <summary>Is in.</summary>
    Up = 1,

    /// <summary>Hands over what it has.</summary>
    Leaving = 2,

    /// <summary>Has handed over.</summary>
    Exiting = 3,

    /// <summary>Was declared dead.</summary>
    Down = 4,

    /// <summary>Is not there any more.</summary>
    Removed = 5,

    /// <summary>May come up, but not yet.</summary>
    WeaklyUp = 6,
}
