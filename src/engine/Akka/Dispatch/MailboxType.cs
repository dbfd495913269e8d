using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.MessageQueues;

namespace Akka.Dispatch;

/// <summary>Makes the queues of a kind of mailbox.</summary>
public abstract class MailboxType
{
    /// <summary>The settings of the system.</summary>
    protected readonly Settings Settings;

    /// <summary>The section of the mailbox.</summary>
    protected readonly Config Config;

    /// <summary>Creates the kind from its section.</summary>
    protected MailboxType(Settings settings, Config config)
    {
        Settings = settings;
        Config = config;
    }

    /// <summary>Makes the queue of an actor.</summary>
    public abstract IMessageQueue Create(IActorRef owner, ActorSystem system);
}

/// <summary>The mailbox without limit.</summary>
public class UnboundedMailbox : MailboxType
{
    /// <summary>Creates the kind without settings.</summary>
    public UnboundedMailbox() : this(null!, null!) { }

    /// <summary>Creates the kind from its section.</summary>
    public UnboundedMailbox(Settings settings, Config config) : base(settings, config) { }

    /// <inheritdoc />
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new UnboundedQueue();
}

/// <summary>The mailbox without limit whose head can be put back.</summary>
public class UnboundedDequeBasedMailbox : MailboxType
{
    /// <summary>Creates the kind from its section.</summary>
    public UnboundedDequeBasedMailbox(Settings settings, Config config) : base(settings, config) { }

    /// <inheritdoc />
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new UnboundedQueue();
}

/// <summary>The mailbox with a limit: <c>mailbox-capacity</c>, <c>mailbox-push-timeout-time</c>.</summary>
public class BoundedMailbox : MailboxType
{
    /// <summary>Creates the kind from its section.</summary>
    public BoundedMailbox(Settings settings, Config config) : base(settings, config)
    {
        Capacity = config.GetInt("mailbox-capacity");
        PushTimeout = config.GetTimeSpan("mailbox-push-timeout-time", TimeSpan.FromSeconds(-1));
        if (Capacity <= 0) throw new ArgumentException("The capacity for BoundedMailbox must be greater than 0");
    }

    /// <summary>How many messages fit.</summary>
    public int Capacity { get; }

    /// <summary>How long a sender waits for room.</summary>
    public TimeSpan PushTimeout { get; }

    /// <inheritdoc />
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new BoundedQueue(Capacity, PushTimeout);
}

/// <summary>The mailbox without limit whose messages are ordered by <see cref="PriorityGenerator"/>: small numbers first.</summary>
public abstract class UnboundedPriorityMailbox : MailboxType
{
    /// <summary>The room that a queue begins with.</summary>
    public const int DefaultCapacity = 11;

    /// <summary>Creates the kind from its section.</summary>
    protected UnboundedPriorityMailbox(Settings settings, Config config) : base(settings, config) { }

    /// <summary>The room that a queue begins with.</summary>
    public int InitialCapacity => DefaultCapacity;

    /// <summary>The place of a message.</summary>
    protected abstract int PriorityGenerator(object message);

    /// <inheritdoc />
    public sealed override IMessageQueue Create(IActorRef owner, ActorSystem system) => new PriorityQueue(PriorityGenerator, InitialCapacity);
}
