namespace AkkaKube.Api;

/// <summary>What a requirement of a <see cref="Selector"/> asks of a label.</summary>
public enum RequirementOperator
{
    /// <summary>One of the values.</summary>
    In,

    /// <summary>None of the values, or no such label.</summary>
    NotIn,

    /// <summary>The label is there.</summary>
    Exists,

    /// <summary>The label is not there.</summary>
    DoesNotExist,

    /// <summary>The value is a whole number larger than the one given.</summary>
    GreaterThan,

    /// <summary>The value is a whole number smaller than the one given.</summary>
    LessThan,
}

/// <summary>One condition of a label selector.</summary>
/// <param name="Key">The label.</param>
/// <param name="Operator">What is asked of it.</param>
/// <param name="Values">Sorted; empty for Exists and DoesNotExist.</param>
public sealed record Requirement(string Key, RequirementOperator Operator, ValueList<string> Values)
{
    /// <summary>Whether an object with these labels meets the condition.</summary>
    public bool Matches(ValueMap<string> labels)
    {
        var has = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            RequirementOperator.In => has && HasValue(value!),
            RequirementOperator.NotIn => !has || !HasValue(value!),
            RequirementOperator.Exists => has,
            RequirementOperator.DoesNotExist => !has,
            RequirementOperator.GreaterThan => Number(value) is { } n && n > Number(Values[0]),
            _ => Number(value) is { } n && n < Number(Values[0]),
        };
    }

    /// <summary>The condition in the text form of a selector.</summary>
    public override string ToString() => (Operator, Values.Count) switch
    {
        (RequirementOperator.Exists, _) => Key,
        (RequirementOperator.DoesNotExist, _) => "!" + Key,
        (RequirementOperator.GreaterThan, _) => $"{Key}>{Values[0]}",
        (RequirementOperator.LessThan, _) => $"{Key}<{Values[0]}",
        (RequirementOperator.In, 1) => $"{Key}={Values[0]}",
        (RequirementOperator.NotIn, 1) => $"{Key}!={Values[0]}",
        (RequirementOperator.In, _) => $"{Key} in ({string.Join(',', Values)})",
        _ => $"{Key} notin ({string.Join(',', Values)})",
    };

    private static long? Number(string? text) => long.TryParse(text, out var number) ? number : null;

    private bool HasValue(string value)
    {
        foreach (var one in Values.Span)
        {
            if (one == value) return true;
        }

        return false;
    }
}
