using System.Collections;
using System.Reflection;

namespace AkkaKube.Wire.Codecs;

/// <summary>
/// What a record is made of: the constructor whose parameters are all properties, and the properties that are set besides. A property that is
/// neither is computed and not written.
/// </summary>
internal sealed class RecordShape
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly object?[] _samples;

    private RecordShape(ConstructorInfo? constructor, Member[] members)
    {
        Constructor = constructor;
        Members = members;
        _samples = [Sample(constructor, numbers: 0), Sample(constructor, numbers: 1)];
    }

    /// <summary>Null: a value that is made of nothing.</summary>
    public ConstructorInfo? Constructor { get; }

    public Member[] Members { get; }

    /// <summary>The shape of a record.</summary>
    /// <exception cref="WireException">It is no record, or holds what its constructor does not say.</exception>
    public static RecordShape Of(Type type)
    {
        var properties = type.GetProperties(Instance).Where(property => property.GetIndexParameters().Length == 0 && property.GetMethod is { IsPrivate: false } && property.Name != "EqualityContract")
            .Cast<MemberInfo>().Concat(type.IsValueType ? type.GetFields(BindingFlags.Instance | BindingFlags.Public) : []).ToArray();
        var constructor = type.GetConstructors(Instance)
            .Where(one => !one.IsPrivate && one.GetParameters() is var given && !(given.Length == 1 && given[0].ParameterType == type) && given.All(parameter => Named(properties, parameter) is not null))
            .MaxBy(one => one.GetParameters().Length);
        if (constructor is null && !type.IsValueType) throw new WireException($"{type} cannot be written: it has no constructor whose parameters are its properties");

        var given = constructor?.GetParameters() ?? [];
        var nullability = new NullabilityInfoContext();
        var members = new List<Member>();
        foreach (var property in properties)
        {
            if (property.IsDefined(typeof(NotOnWireAttribute))) continue;
            var parameter = Array.Find(given, parameter => Named(properties, parameter) == property);
            if (parameter is null && !CanBeSet(property)) continue;
            members.Add(new Member(property, TypeOf(property), parameter, IsNeverNull(nullability, property)));
        }
        foreach (var parameter in given.Where(parameter => members.TrueForAll(member => member.Parameter != parameter))) throw new WireException($"{type}: the constructor needs {parameter.Name}, which does not go over the wire");
        return new RecordShape(constructor, [.. members]);
    }

    /// <summary>Whether a record that was made without the field has nothing there, so that nothing need not be written.</summary>
    public bool HasNothingWithout(Member member) =>
        member.Parameter is { } parameter
            ? !parameter.HasDefaultValue || parameter.DefaultValue is null || IsNothing(parameter.DefaultValue)
            : Array.TrueForAll(_samples, sample => sample is not null && IsNothing(ValueOf(member, sample)) && !(member.IsNeverNull && ValueOf(member, sample) is null));

    private static bool IsNothing(object? value) => value switch
    {
        null or "" => true,
        ICollection collection => collection.Count == 0,
        ValueType number => number.Equals(Activator.CreateInstance(number.GetType())),
        _ => false,
    };

    /// <summary>A record with other numbers in it shows whether a property takes its first value from them.</summary>
    private static object? Sample(ConstructorInfo? constructor, int numbers)
    {
        try
        {
            return constructor?.Invoke([.. constructor.GetParameters().Select(parameter =>
                parameter.ParameterType == typeof(int) ? numbers
                : parameter.ParameterType == typeof(long) ? (long)numbers
                : parameter.ParameterType == typeof(string) ? (numbers == 0 ? "" : "x")
                : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null)]);
        }
        catch (TargetInvocationException)
        {
            // A record that refuses such values is written in full.
            return null;
        }
    }

    private static object? ValueOf(Member member, object record) => member.Info is PropertyInfo property ? property.GetValue(record) : ((FieldInfo)member.Info).GetValue(record);

    private static MemberInfo? Named(MemberInfo[] properties, ParameterInfo parameter) =>
        Array.Find(properties, property => string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase) && TypeOf(property) == parameter.ParameterType);

    private static Type TypeOf(MemberInfo member) => member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    private static bool CanBeSet(MemberInfo member) => member is FieldInfo { IsInitOnly: false } || member is PropertyInfo { SetMethod.IsPrivate: false };

    private static bool IsNeverNull(NullabilityInfoContext context, MemberInfo member) =>
        (member is PropertyInfo property ? context.Create(property) : context.Create((FieldInfo)member)).ReadState == NullabilityState.NotNull;
}
