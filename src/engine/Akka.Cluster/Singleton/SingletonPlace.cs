using Akka.Cluster.Membership;
using Akka.Cluster.Ownership;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Who should have a singleton, and what its lease is called. Every host comes to the same result.</summary>
internal static class SingletonPlace
{
    private const string DefaultName = "singleton";

    /// <summary>The oldest member that is Up and has the role; of these the oldest with the preferred role, if there is one. Null: nobody.</summary>
    public static int? Desired(OwnershipProtocol.View view, string? role, string? preferredRole = null)
    {
        MemberRow? oldest = null;
        foreach (var member in view.Members)
        {
            if (member.Status != MemberStatus.Up || view.Dead.Contains(member.Uid) || (role is not null && !member.Roles.Contains(role))) continue;
            if (preferredRole is null || member.Roles.Contains(preferredRole)) return member.Uid;
            oldest ??= member;
        }

        return oldest?.Uid;
    }

    /// <summary>
    /// <c>singleton/</c> and the name of the singleton; one that goes by the default name is called after its manager: <c>/user/scheduler</c> has
    /// <c>singleton/scheduler</c>.
    /// </summary>
    public static string Lease(string managerPath, string singletonName)
    {
        if (singletonName != DefaultName) return "singleton/" + singletonName;
        var elements = managerPath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return "singleton/" + string.Join('/', elements.Length > 1 && elements[0] == "user" ? elements.Skip(1) : elements);
    }
}
