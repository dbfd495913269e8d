using AkkaKube.Api.Schema;

namespace AkkaKube.Api.Patches;

/// <summary>What a strategic merge knows about the fields of a map.</summary>
/// <param name="Type">The struct; null for a map, whose fields are all alike.</param>
/// <param name="Element">The type of a map's values.</param>
internal readonly record struct PatchSchema(TypeSchema? Type, ValueSchema? Element = null)
{
    /// <summary>The rule of a field.</summary>
    /// <exception cref="PatchException">There is no such field.</exception>
    public PatchRule Field(string name)
    {
        if (Type is null)
            return new PatchRule(Element is null ? default : Inside(Element), null, null, false);
        if (Type.Field(name) is not { } field)
            throw new PatchException($"unable to find api field in struct {Type.Name} for the json field \"{name}\"");
        var strategy = field.PatchStrategies.FirstOrDefault(one => one != "retainKeys");
        var inner = field.Value.Kind == ValueKind.List ? Inside(field.Value.Element!) : Inside(field.Value);
        return new PatchRule(inner, strategy, field.MergeKey, field.Value.Kind == ValueKind.List && field.Value.Element!.Kind is not (ValueKind.Struct or ValueKind.Map));
    }

    private static PatchSchema Inside(ValueSchema value) => value.Kind switch
    {
        ValueKind.Struct => new(value.Struct),
        ValueKind.Map => new(null, value.Element),
        _ => default,
    };
}

/// <summary>How a field is merged.</summary>
/// <param name="Inner">What is known about the maps in it.</param>
/// <param name="Strategy">merge, replace, or null for the default: maps are merged, lists replaced.</param>
/// <param name="MergeKey">The key that pairs the elements of a list.</param>
/// <param name="OfScalars">A list of texts or numbers.</param>
internal readonly record struct PatchRule(PatchSchema Inner, string? Strategy, string? MergeKey, bool OfScalars);
