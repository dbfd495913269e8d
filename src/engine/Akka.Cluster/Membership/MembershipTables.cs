using System.Reflection;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Membership;

/// <summary>Makes the table that the settings name.</summary>
internal static class MembershipTables
{
    public static IMembershipTable Create(ExtendedActorSystem system, string name)
    {
        var type = Type.GetType(name) ?? throw new ConfigurationException($"'{name}', named in akka.cluster.membership-table, is not an existing type.");
        const BindingFlags any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DoNotWrapExceptions;
        return Activator.CreateInstance(type, any, null, [system], null) as IMembershipTable
            ?? throw new ConfigurationException($"'{name}', named in akka.cluster.membership-table, is not a membership table.");
    }
}
