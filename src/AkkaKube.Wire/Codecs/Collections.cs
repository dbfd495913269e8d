using System.Collections.Immutable;
using System.Reflection;
using AkkaKube.Api;

namespace AkkaKube.Wire.Codecs;

/// <summary>The kinds of collection, and how each is made of its elements.</summary>
internal static class Collections
{
    /// <summary>For each kind the name of the method below that makes it.</summary>
    private static readonly Dictionary<Type, string> Lists = new()
    {
        [typeof(IReadOnlyList<>)] = nameof(Same),
        [typeof(IReadOnlyCollection<>)] = nameof(Same),
        [typeof(IEnumerable<>)] = nameof(Same),
        [typeof(ValueList<>)] = nameof(ToValueList),
        [typeof(ImmutableArray<>)] = nameof(ToImmutableArray),
        [typeof(ImmutableList<>)] = nameof(ToImmutableList),
        [typeof(IImmutableList<>)] = nameof(ToImmutableList),
        [typeof(ImmutableHashSet<>)] = nameof(ToImmutableHashSet),
        [typeof(IImmutableSet<>)] = nameof(ToImmutableHashSet),
        [typeof(IReadOnlySet<>)] = nameof(ToImmutableHashSet),
        [typeof(ImmutableSortedSet<>)] = nameof(ToImmutableSortedSet),
    };

    private static readonly Dictionary<Type, string> Maps = new()
    {
        [typeof(ImmutableDictionary<,>)] = nameof(ToImmutableDictionary),
        [typeof(IImmutableDictionary<,>)] = nameof(ToImmutableDictionary),
        [typeof(ImmutableSortedDictionary<,>)] = nameof(ToImmutableSortedDictionary),
        [typeof(IReadOnlyDictionary<,>)] = nameof(ToImmutableDictionary),
    };

    /// <summary>The codec of a collection; null where the type is none.</summary>
    public static Codec? Of(Type type)
    {
        if (type.IsArray) return Codec(type, [type.GetElementType()!], type.GetElementType()!, nameof(Itself));
        if (!type.IsGenericType) return null;
        var (definition, arguments) = (type.GetGenericTypeDefinition(), type.GenericTypeArguments);
        if (definition == typeof(ValueMap<>)) return Codec(type, arguments, Pair(typeof(string), arguments[0]), nameof(ToValueMap));
        if (Maps.TryGetValue(definition, out var map)) return Codec(type, arguments, Pair(arguments[0], arguments[1]), map);
        return Lists.TryGetValue(definition, out var list) ? Codec(type, arguments, arguments[0], list) : null;
    }

    private static Type Pair(Type key, Type value) => typeof(KeyValuePair<,>).MakeGenericType(key, value);

    private static Codec Codec(Type type, Type[] arguments, Type element, string method)
    {
        var make = typeof(Collections).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(arguments);
        return FieldTypes.Generic(typeof(CollectionCodec<,>), [type, element], FieldTypes.Of(element), Delegate.CreateDelegate(typeof(Func<,>).MakeGenericType(element.MakeArrayType(), type), make));
    }

    private static T[] Itself<T>(T[] items) => items;

    private static IReadOnlyList<T> Same<T>(T[] items) => items;

    private static ValueList<T> ToValueList<T>(T[] items) => ((IEnumerable<T>)items).ToValueList();

    private static ImmutableArray<T> ToImmutableArray<T>(T[] items) => [.. items];

    private static ImmutableList<T> ToImmutableList<T>(T[] items) => [.. items];

    private static ImmutableHashSet<T> ToImmutableHashSet<T>(T[] items) => [.. items];

    private static ImmutableSortedSet<T> ToImmutableSortedSet<T>(T[] items) => [.. items];

    private static ValueMap<T> ToValueMap<T>(KeyValuePair<string, T>[] items) => ValueMap.From(items);

    private static ImmutableDictionary<TKey, TValue> ToImmutableDictionary<TKey, TValue>(KeyValuePair<TKey, TValue>[] items)
        where TKey : notnull => ImmutableDictionary.CreateRange(items);

    private static ImmutableSortedDictionary<TKey, TValue> ToImmutableSortedDictionary<TKey, TValue>(KeyValuePair<TKey, TValue>[] items)
        where TKey : notnull => ImmutableSortedDictionary.CreateRange(items);
}
