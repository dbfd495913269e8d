using System.Collections.Immutable;
using Akka.Util;

namespace Akka.Actor.Setup;

/// <summary>Settings that a program gives as an object.</summary>
public abstract class Setup
{
    /// <summary>Joins two.</summary>
    public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
}

/// <summary>Settings of an actor system that a program gives as objects, one of each type.</summary>
public sealed class ActorSystemSetup
{
    /// <summary>No settings.</summary>
    public static readonly ActorSystemSetup Empty = new(ImmutableDictionary<Type, Setup>.Empty);

    private readonly ImmutableDictionary<Type, Setup> _setups;

    private ActorSystemSetup(ImmutableDictionary<Type, Setup> setups) => _setups = setups;

    /// <summary>Joins settings.</summary>
    public static ActorSystemSetup Create(params Setup[] setup) =>
        new(setup.Aggregate(ImmutableDictionary<Type, Setup>.Empty, static (all, one) => all.SetItem(one.GetType(), one)));

    /// <summary>The settings of a type.</summary>
    public Option<T> Get<T>() where T : Setup => _setups.TryGetValue(typeof(T), out var found) ? new Option<T>((T)found) : Option<T>.None;

    /// <summary>These settings with one more.</summary>
    public ActorSystemSetup WithSetup<T>(T setup) where T : Setup => new(_setups.SetItem(typeof(T), setup));

    /// <summary>These settings with one more.</summary>
    public ActorSystemSetup And<T>(T setup) where T : Setup => WithSetup(setup);
}
