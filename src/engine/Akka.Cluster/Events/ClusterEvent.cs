using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>What the cluster tells its subscribers.</summary>
public partial class ClusterEvent
{
    /// <summary>The first message to a subscriber is a <see cref="CurrentClusterState"/>.</summary>
    public const SubscriptionInitialStateMode InitialStateAsSnapshot = SubscriptionInitialStateMode.InitialStateAsSnapshot;

    /// <summary>The first messages to a subscriber are events that lead to the state now.</summary>
    public const SubscriptionInitialStateMode InitialStateAsEvents = SubscriptionInitialStateMode.InitialStateAsEvents;

    /// <summary>How a subscriber learns the state at its subscription.</summary>
    public enum SubscriptionInitialStateMode
    {
        /// <summary>As one message.</summary>
        InitialStateAsSnapshot,

        /// <summary>As events.</summary>
        InitialStateAsEvents,
    }

    /// <summary>Everything that happens in a cluster.</summary>
    public interface IClusterDomainEvent : IDeadLetterSuppression;

    /// <summary>A member has another status.</summary>
    public interface IMemberEvent : IClusterDomainEvent
    {
        /// <summary>The member, in its new status.</summary>
        Member Member { get; }
    }

    /// <summary>A member cannot be reached any more, or can be again.</summary>
    public interface IReachabilityEvent : IClusterDomainEvent;

    /// <summary>A member has another status.</summary>
    public abstract class MemberStatusChange : IMemberEvent
    {
        /// <summary>The member.</summary>
        protected readonly Member _member;

        /// <summary>A change to <paramref name="validStatus"/>.</summary>
        protected MemberStatusChange(Member member, MemberStatus validStatus)
        {
            if (member.Status != validStatus) throw new ArgumentException($"Expected {validStatus} state, got: {member}", nameof(member));
            _member = member;
        }

        /// <inheritdoc />
        public Member Member => _member;

        /// <inheritdoc />
        public override bool Equals(object? obj) => obj is MemberStatusChange other && other.GetType() == GetType() && _member.Equals(other._member);

        /// <inheritdoc />
        public override int GetHashCode() => HashCode.Combine(GetType(), _member);

        /// <inheritdoc />
        public override string ToString() => $"{GetType()}(Member={Member})";
    }

    /// <summary>A host asks to be in.</summary>
    public sealed class MemberJoined(Member member) : MemberStatusChange(member, MemberStatus.Joining);

    /// <summary>A host is in.</summary>
    public sealed class MemberUp(Member member) : MemberStatusChange(member, MemberStatus.Up);

    /// <summary>A host hands over what it has.</summary>
    public sealed class MemberLeft(Member member) : MemberStatusChange(member, MemberStatus.Leaving);

    /// <summary>A host has handed over.</summary>
    public sealed class MemberExited(Member member) : MemberStatusChange(member, MemberStatus.Exiting);

    /// <summary>A host was declared dead.</summary>
    public sealed class MemberDowned(Member member) : MemberStatusChange(member, MemberStatus.Down);

    /// <summary>A host is not there any more.</summary>
    public sealed class MemberRemoved(Member member, MemberStatus previousStatus) : MemberStatusChange(member, MemberStatus.Removed)
    {
        /// <summary>What it was before: Exiting or Down.</summary>
        public MemberStatus PreviousStatus { get; } = previousStatus;

        /// <inheritdoc />
        public override bool Equals(object? obj) => obj is MemberRemoved other && PreviousStatus == other.PreviousStatus && base.Equals(obj);

        /// <inheritdoc />
        public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), PreviousStatus);
    }

    /// <summary>A member cannot be reached any more, or can be again.</summary>
    public abstract class ReachabilityEvent : IReachabilityEvent
    {
        /// <summary>About a member.</summary>
        protected ReachabilityEvent(Member member) => Member = member;

        /// <summary>The member.</summary>
        public Member Member { get; }

        /// <inheritdoc />
        public override bool Equals(object? obj) => obj is ReachabilityEvent other && other.GetType() == GetType() && Member.Equals(other.Member);

        /// <inheritdoc />
        public override int GetHashCode() => HashCode.Combine(GetType(), Member);

        /// <inheritdoc />
        public override string ToString() => $"{GetType()}(Member={Member})";
    }

    /// <summary>Somebody cannot reach the member.</summary>
    public sealed class UnreachableMember(Member member) : ReachabilityEvent(member);

    /// <summary>All can reach the member again.</summary>
    public sealed class ReachableMember(Member member) : ReachabilityEvent(member);

    /// <summary>Another member is the first one by address of those that are up; null: none is.</summary>
    public sealed class LeaderChanged(Address? leader) : IClusterDomainEvent
    {
        /// <summary>The leader.</summary>
        public Address? Leader { get; } = leader;

        /// <inheritdoc />
        public override bool Equals(object? obj) => obj is LeaderChanged other && Equals(Leader, other.Leader);

        /// <inheritdoc />
        public override int GetHashCode() => HashCode.Combine(Leader);

        /// <inheritdoc />
        public override string ToString() => $"LeaderChanged(NewLeader={Leader})";
    }

    /// <summary>The same within the members of a role.</summary>
    public sealed class RoleLeaderChanged(string role, Address? leader) : IClusterDomainEvent
    {
        /// <summary>The role.</summary>
        public string Role { get; } = role;

        /// <summary>Its leader; null: none is up.</summary>
        public Address? Leader { get; } = leader;

        /// <inheritdoc />
        public override bool Equals(object? obj) => obj is RoleLeaderChanged other && Role == other.Role && Equals(Leader, other.Leader);

        /// <inheritdoc />
        public override int GetHashCode() => HashCode.Combine(Role, Leader);

        /// <inheritdoc />
        public override string ToString() => $"RoleLeaderChanged(Leader={Leader}, Role={Role})";
    }

    /// <summary>This host's part of the cluster ends; nothing comes after it.</summary>
    public sealed class ClusterShuttingDown : IClusterDomainEvent
    {
        /// <summary>The one of its kind.</summary>
        public static readonly IClusterDomainEvent Instance = new ClusterShuttingDown();

        private ClusterShuttingDown() { }

        /// <inheritdoc />
        public override string ToString() => "ClusterShuttingDown";
    }
}
