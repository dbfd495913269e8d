using System.Linq.Expressions;

namespace Akka.Actor;

/// <summary>The recipe of an actor: its type, its arguments, where it runs. Immutable, to be shared freely.</summary>
public class Props
{
    /// <summary>The recipe of an actor that cannot be made.</summary>
    public static readonly Props None = new(Producer.None, null, null, null);

    private readonly Producer _producer;

    private Props(Producer producer, string? dispatcher, string? mailbox, SupervisorStrategy? strategy)
    {
        _producer = producer;
        DispatcherOrNull = dispatcher;
        MailboxOrNull = mailbox;
        SupervisorStrategy = strategy!;
    }

    /// <summary>The recipe of an actor type and its constructor's arguments.</summary>
    public Props(Type type, params object?[] args) : this(Producer.Of(type, args), null, null, null) { }

    /// <summary>The actor's type.</summary>
    public Type Type => _producer.ActorType;

    /// <summary>The name of the actor's type.</summary>
    public string TypeName => Type.AssemblyQualifiedName!;

    /// <summary>The arguments of the constructor.</summary>
    public object[] Arguments => _producer.Arguments!;

    /// <summary>The id of the dispatcher.</summary>
    public string Dispatcher => DispatcherOrNull ?? Dispatch.Dispatchers.DefaultDispatcherId;

    /// <summary>The id of the mailbox, or null for the default.</summary>
    public string Mailbox => MailboxOrNull!;

    /// <summary>The strategy that replaces the actor's own, or null.</summary>
    public SupervisorStrategy SupervisorStrategy { get; }

    internal string? DispatcherOrNull { get; }
    internal string? MailboxOrNull { get; }

    /// <summary>The recipe of <c>new TActor(...)</c>; the arguments are taken now, once.</summary>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null) where TActor : ActorBase
    {
        if (factory.Body is not NewExpression made)
            throw new ArgumentException("The create function must be a 'new T (args)' expression", nameof(factory));
        return new Props(Producer.Of(typeof(TActor), made), null, null, supervisorStrategy);
    }

    /// <summary>The recipe of an actor type and its constructor's arguments.</summary>
    public static Props Create<TActor>(params object?[] args) where TActor : ActorBase => new(Producer.Of(typeof(TActor), args), null, null, null);

    /// <summary>The recipe of an actor type with no arguments.</summary>
    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy) where TActor : ActorBase, new() =>
        new(Producer.Of(typeof(TActor), []), null, null, supervisorStrategy);

    /// <summary>The recipe of an actor type and its constructor's arguments.</summary>
    public static Props Create(Type type, params object?[] args) => new(Producer.Of(type, args), null, null, null);

    /// <summary>The recipe of an actor that <paramref name="producer"/> makes.</summary>
    public static Props CreateBy(IIndirectActorProducer producer, params object[] args) => new(new IndirectProducer(producer, args), null, null, null);

    /// <summary>The recipe of an actor that a <typeparamref name="TProducer"/> makes.</summary>
    public static Props CreateBy<TProducer>(params object[] args) where TProducer : class, IIndirectActorProducer =>
        CreateBy((IIndirectActorProducer)Activator.CreateInstance(typeof(TProducer), args)!, args);

    /// <summary>The same recipe on another dispatcher.</summary>
    public Props WithDispatcher(string dispatcher) => new(_producer, dispatcher, MailboxOrNull, SupervisorStrategy);

    /// <summary>The same recipe with another mailbox.</summary>
    public Props WithMailbox(string mailbox) => new(_producer, DispatcherOrNull, mailbox, SupervisorStrategy);

    /// <summary>The same recipe with another strategy for the actor's children.</summary>
    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) => new(_producer, DispatcherOrNull, MailboxOrNull, supervisorStrategy);

    /// <summary>Makes the actor; only a cell may.</summary>
    public virtual ActorBase NewActor() => _producer.Produce();

    internal void Release(ActorBase actor) => _producer.Release(actor);

    /// <inheritdoc />
    public override string ToString() => $"Props({Type})";
}

/// <summary>Makes actors in a way of its own, e.g. from a container.</summary>
public interface IIndirectActorProducer
{
    /// <summary>The type it makes.</summary>
    Type ActorType { get; }

    /// <summary>Makes an actor.</summary>
    ActorBase Produce();

    /// <summary>Takes an actor back that is no longer needed.</summary>
    void Release(ActorBase actor);
}
