using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>An entity as its shard knows it.</summary>
internal sealed class Entity(string id)
{
    /// <summary>What it does now.</summary>
    public enum Phase
    {
        /// <summary>It is being made durable that it is to run.</summary>
        Remembering,

        /// <summary>It takes messages.</summary>
        Running,

        /// <summary>It was told to stop because it is not needed.</summary>
        Passivating,

        /// <summary>It is being made durable that it is not to run any more.</summary>
        Forgetting,

        /// <summary>It stopped by itself and is started again soon, or with the next message.</summary>
        Resting,
    }

    public string Id { get; } = id;
    public Phase At { get; set; }
    public IActorRef? Ref { get; set; }

    /// <summary>When the last message came, counted in ticks of the shard.</summary>
    public int LastTick { get; set; }

    /// <summary>What came while it did not run.</summary>
    public List<Waiting>? Waiting { get; set; }
}
