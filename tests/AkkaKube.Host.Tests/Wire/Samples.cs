using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Wire;

namespace AkkaKube.Host.Tests.Wire;

/// <summary>Makes values of any message type, and compares two: all by looking at the types, so that a new message needs no line here.</summary>
internal sealed class Samples(Random random, IReadOnlyList<IActorRef> actors, IReadOnlyList<Type> cases)
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private static readonly string[] Texts = ["", "a", "web-0", "ünïcödé ✓", "{\"a\":1}"];
    private readonly NullabilityInfoContext _nullability = new();

    public object Record(Type type, int depth = 0)
    {
        var constructor = ConstructorOf(type);
        var record = constructor is null
            ? Activator.CreateInstance(type)!
            : constructor.Invoke([.. constructor.GetParameters().Select(parameter => MayBeNull(_nullability.Create(parameter).WriteState) ? null : Value(parameter.ParameterType, depth + 1))]);
        foreach (var property in Settable(type, constructor))
        {
            // Some keep what they start with.
            if (random.Next(3) > 0 || property.IsDefined(typeof(RequiredMemberAttribute))) property.SetValue(record, MayBeNull(_nullability.Create(property).WriteState) ? null : Value(property.PropertyType, depth + 1));
        }
        return record;
    }

    /// <summary>Where two values differ; null where they are the same on the wire.</summary>
    public static string? Difference(object? one, object? other, string at)
    {
        if (one is null || other is null) return ReferenceEquals(one, other) ? null : $"{at}: {one ?? "null"} is not {other ?? "null"}";
        switch (one)
        {
            case string or IActorRef: return Equals(one, other) ? null : $"{at}: {one} is not {other}";
            case ApiObject a when other is ApiObject b: return a.Key == b.Key && a.ResourceVersion == b.ResourceVersion && a.Json.Span.SequenceEqual(b.Json.Span) ? null : $"{at}: {a} is not {b}";
            case ObjectBody a when other is ObjectBody b: return (a.Object is null) == (b.Object is null) && a.Utf8.Span.SequenceEqual(b.Utf8.Span) ? null : $"{at}: other bodies";
            case ReadOnlyMemory<byte> a when other is ReadOnlyMemory<byte> b: return a.Span.SequenceEqual(b.Span) ? null : $"{at}: other bytes";
            case IDictionary a when other is IDictionary b:
                if (a.Count != b.Count) return $"{at}: {a.Count} entries are not {b.Count}";
                foreach (var key in a.Keys) if (Difference(a[key], b[key], $"{at}[{key}]") is { } difference) return difference;
                return null;
            case IEnumerable a when other is IEnumerable b:
                var (left, right) = (a.Cast<object?>().ToList(), b.Cast<object?>().ToList());
                if (left.Count != right.Count) return $"{at}: {left.Count} elements are not {right.Count}";
                for (var i = 0; i < left.Count; i++) if (Difference(left[i], right[i], $"{at}[{i}]") is { } difference) return difference;
                return null;
        }
        if (one.GetType() != other.GetType()) return $"{at}: {one.GetType()} is not {other.GetType()}";
        if (one.Equals(other)) return null;
        var members = one.GetType().GetProperties(Instance).Where(property => property.GetIndexParameters().Length == 0 && property.GetMethod is { IsPrivate: false } && property.Name != "EqualityContract" && !property.IsDefined(typeof(NotOnWireAttribute))).ToList();
        if (members.Count == 0) return $"{at}: {one} is not {other}";
        return members.Select(property => Difference(property.GetValue(one), property.GetValue(other), $"{at}.{property.Name}")).FirstOrDefault(difference => difference is not null);
    }

    private object? Value(Type type, int depth)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return random.Next(2) == 0 ? null : Value(inner, depth);
        if (type == typeof(string)) return Texts[random.Next(Texts.Length)];
        if (type == typeof(bool)) return random.Next(2) == 0;
        if (type == typeof(int)) return random.Next(3) == 0 ? 0 : random.Next(int.MinValue, int.MaxValue);
        if (type == typeof(long)) return random.Next(3) == 0 ? 0L : random.NextInt64(long.MinValue, long.MaxValue);
        if (type == typeof(double)) return random.NextDouble();
        if (type == typeof(TimeSpan)) return new TimeSpan(random.NextInt64(-1_000_000_000_000, 1_000_000_000_000));
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(random.NextInt64(DateTimeOffset.MaxValue.Ticks / 2), TimeSpan.Zero);
        if (type == typeof(ReadOnlyMemory<byte>)) return new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(Texts[random.Next(Texts.Length)]));
        if (type == typeof(IActorRef)) return actors[random.Next(actors.Count)];
        if (type == typeof(ApiObject)) return ApiObject.Of(Config());
        if (type == typeof(ObjectBody)) return random.Next(2) == 0 ? ObjectBody.Of(Config()) : ObjectBody.Json("{\"kind\":\"X\"}"u8.ToArray());
        if (type == typeof(IApiObject)) return Config();
        if (type == typeof(Api.Meta.V1.Status)) return new Api.Meta.V1.Status { Code = random.Next(600), Message = Texts[random.Next(1, Texts.Length)], StatusValue = "Failure" };
        if (type == typeof(object)) return random.Next(3) switch { 0 => null, 1 => random.NextInt64(), _ => Texts[random.Next(Texts.Length)] };
        if (type.IsEnum) return Enum.GetValues(type) is var values ? values.GetValue(random.Next(values.Length)) : null;
        if (Elements(type) is { } element) return Collection(type, element, depth);
        if (type is { IsAbstract: true } or { IsInterface: true })
        {
            var known = cases.Where(one => one.IsAssignableTo(type)).ToList();
            return known.Count == 0 ? throw new InvalidOperationException($"no declared record is a {type}") : Record(known[random.Next(known.Count)], depth);
        }
        return Record(type, depth);
    }

    private object Collection(Type type, Type element, int depth)
    {
        var items = Array.CreateInstance(element, depth > 4 ? 0 : random.Next(3));
        for (var i = 0; i < items.Length; i++) items.SetValue(IsPair(element) ? Pair(element, i, depth) : Value(element, depth + 1) ?? "", i);
        if (type.IsAssignableFrom(items.GetType())) return items;
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        var (maker, name) = definition == typeof(ValueList<>) ? (typeof(ValueList), nameof(ValueList.ToValueList))
            : definition == typeof(ValueMap<>) ? (typeof(ValueMap), nameof(ValueMap.From))
            : (typeof(System.Collections.Immutable.ImmutableDictionary), nameof(System.Collections.Immutable.ImmutableDictionary.CreateRange));
        return maker.GetMethods().First(method => method.Name == name && method.GetGenericArguments().Length == type.GenericTypeArguments.Length && method.GetParameters().Length == 1)
            .MakeGenericMethod(type.GenericTypeArguments).Invoke(null, [items])!;
    }

    private object Pair(Type pair, int i, int depth) => Activator.CreateInstance(pair, $"key-{i}", Value(pair.GenericTypeArguments[1], depth + 1))!;

    private static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    private static Type? Elements(Type type) => type.IsArray
        ? type.GetElementType()
        : type == typeof(string) ? null : type.GetInterfaces().Append(type).FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GenericTypeArguments[0];

    private bool MayBeNull(NullabilityState state) => state == NullabilityState.Nullable && random.Next(2) == 0;

    private static ConstructorInfo? ConstructorOf(Type type) => type.GetConstructors(Instance)
        .Where(one => !one.IsPrivate && !(one.GetParameters().Length == 1 && one.GetParameters()[0].ParameterType == type))
        .MaxBy(one => one.GetParameters().Length);

    private static IEnumerable<PropertyInfo> Settable(Type type, ConstructorInfo? constructor) => type.GetProperties(Instance).Where(property =>
        property.SetMethod is { IsPrivate: false } && !property.IsDefined(typeof(NotOnWireAttribute))
        && constructor?.GetParameters().Any(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase)) != true);

    private ConfigMap Config() => new()
    {
        Metadata = new ObjectMeta { Name = "c", Namespace = "n", ResourceVersion = random.Next(1, 1000).ToString(), Labels = ValueMap.Of(("a", Texts[random.Next(Texts.Length)])) },
        Data = ValueMap.Of(("k", Texts[random.Next(Texts.Length)])),
    };
}
