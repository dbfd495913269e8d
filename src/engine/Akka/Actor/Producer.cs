using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Actor;

/// <summary>What makes the actors of a <see cref="Props"/>.</summary>
internal abstract class Producer
{
    // A constructor is prepared once for all actors of its kind.
    private static readonly ConcurrentDictionary<ConstructorInfo, ConstructorInvoker> Invokers = new();
    private static readonly ConcurrentDictionary<Type, ConstructorInfo[]> Constructors = new();

    public static Producer None { get; } = new NoProducer();

    public abstract Type ActorType { get; }
    public virtual object?[] Arguments => [];
    public abstract ActorBase Produce();
    public virtual void Release(ActorBase actor) { }

    public static Producer Of(Type type, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(type);
        args ??= [null];
        if (!typeof(ActorBase).IsAssignableFrom(type)) throw new ArgumentException($"{type} is not an actor", nameof(type));
        var constructor = Fitting(type, args);
        return constructor is null ? new ActivatorProducer(type, args) : new ConstructorProducer(type, InvokerOf(constructor), args);
    }

    public static Producer Of(Type type, NewExpression made) =>
        made.Constructor is null
            ? new ActivatorProducer(type, [])
            : new ConstructorProducer(made.Type, InvokerOf(made.Constructor), ArgumentsOf(made));

    private static ConstructorInvoker InvokerOf(ConstructorInfo constructor) => Invokers.GetOrAdd(constructor, ConstructorInvoker.Create);

    private static ConstructorInfo? Fitting(Type type, object?[] args)
    {
        ConstructorInfo? found = null;
        foreach (var constructor in Constructors.GetOrAdd(type, static t => t.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)))
        {
            var parameters = constructor.GetParameters();
            if (parameters.Length != args.Length || !parameters.Zip(args).All(pair => Fits(pair.First.ParameterType, pair.Second))) continue;
            if (found is not null) return null; // several fit: the runtime's own binder decides
            found = constructor;
        }

        return found;
    }

    private static bool Fits(Type parameter, object? argument) =>
        argument is null ? !parameter.IsValueType || Nullable.GetUnderlyingType(parameter) is not null : parameter.IsInstanceOfType(argument);

    private static object?[] ArgumentsOf(NewExpression made)
    {
        if (made.Arguments.Count == 0) return [];
        var values = new object?[made.Arguments.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Evaluate(made.Arguments[i]);
        return values;
    }

    // Constants and captured variables, which is nearly everything, need no compiler.
    private static object? Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member => field.GetValue(member.Expression is null ? null : Evaluate(member.Expression)),
        MemberExpression { Member: PropertyInfo property } member => property.GetValue(member.Expression is null ? null : Evaluate(member.Expression)),
        UnaryExpression { NodeType: ExpressionType.Convert, Method: null } convert when convert.Type.IsAssignableFrom(convert.Operand.Type) => Evaluate(convert.Operand),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };

    private sealed class ConstructorProducer(Type type, ConstructorInvoker invoker, object?[] args) : Producer
    {
        public override Type ActorType => type;
        public override object?[] Arguments => args;

        public override ActorBase Produce() =>
            args.Length == 0 ? (ActorBase)invoker.Invoke() : (ActorBase)invoker.Invoke(args.AsSpan());
    }

    private sealed class ActivatorProducer(Type type, object?[] args) : Producer
    {
        public override Type ActorType => type;
        public override object?[] Arguments => args;

        public override ActorBase Produce()
        {
            try
            {
                return (ActorBase)Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.DoNotWrapExceptions, null, args, null)!;
            }
            catch (MissingMethodException cause)
            {
                throw new TypeLoadException($"Error while creating actor instance of type {type} with {args.Length} args: ({string.Join(",", args)})", cause);
            }
        }
    }

    private sealed class NoProducer : Producer
    {
        public override Type ActorType => typeof(ActorBase);
        public override ActorBase Produce() => throw new InvalidOperationException("Props.None makes no actor");
    }
}

/// <summary>Asks the program's own producer.</summary>
internal sealed class IndirectProducer(IIndirectActorProducer producer, object?[] args) : Producer
{
    public override Type ActorType => producer.ActorType;
    public override object?[] Arguments => args;
    public override ActorBase Produce() => producer.Produce();
    public override void Release(ActorBase actor) => producer.Release(actor);
}
