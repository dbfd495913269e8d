using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster;

public partial class ClusterEvent
{
    /// <summary>The cluster at a moment, as a host knows it.</summary>
    public sealed class CurrentClusterState : INoSerializationVerificationNeeded
    {
        /// <summary>Nobody is there.</summary>
        public CurrentClusterState() : this([], [], [], null, ImmutableDictionary<string, Address?>.Empty) { }

        /// <summary>Creates a state.</summary>
        public CurrentClusterState(
            ImmutableSortedSet<Member> members,
            ImmutableHashSet<Member> unreachable,
            ImmutableHashSet<Address> seenBy,
            Address? leader,
            ImmutableDictionary<string, Address?> roleLeaderMap)
        {
            Members = members;
            Unreachable = unreachable;
            SeenBy = seenBy;
            Leader = leader;
            RoleLeaderMap = roleLeaderMap;
        }

        /// <summary>All members, by address.</summary>
        public ImmutableSortedSet<Member> Members { get; }

        /// <summary>Those that somebody cannot reach.</summary>
        public ImmutableHashSet<Member> Unreachable { get; }

        /// <summary>The addresses of all members that are in: all see the same table.</summary>
        public ImmutableHashSet<Address> SeenBy { get; }

        /// <summary>The first one by address of those that are up.</summary>
        public Address? Leader { get; }

        /// <summary>All roles that a member has.</summary>
        public ImmutableHashSet<string> AllRoles => RoleLeaderMap.Keys.ToImmutableHashSet();

        /// <summary>Whether the members run programs of different versions.</summary>
        public bool HasMoreThanOneAppVersion => Members.Select(static m => m.AppVersion).Distinct().Skip(1).Any();

        internal ImmutableDictionary<string, Address?> RoleLeaderMap { get; }

        /// <summary>The leader of a role; null: no member of it is up.</summary>
        public Address? RoleLeader(string role) => RoleLeaderMap.GetValueOrDefault(role);
    }
}
