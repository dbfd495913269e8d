using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api;

/// <summary>A label selector, ready to match: all of its requirements must hold.</summary>
public sealed class Selector
{
    /// <summary>Selects every object.</summary>
    public static readonly Selector Everything = new([]);

    /// <summary>Selects no object.</summary>
    public static readonly Selector Nothing = new(null);

    private readonly Requirement[]? _requirements;

    private Selector(Requirement[]? requirements) => _requirements = requirements;

    /// <summary>There is no requirement: everything is selected.</summary>
    public bool IsEverything => _requirements is { Length: 0 };

    /// <summary>The requirements, sorted by key; none where nothing can match.</summary>
    public IReadOnlyList<Requirement> Requirements => _requirements ?? [];

    /// <summary>Reads the text form, e.g. <c>app=web,tier in (a,b),!canary</c>; null and "" select everything.</summary>
    /// <exception cref="FormatException">The text is no selector; the message is Kubernetes'.</exception>
    public static Selector Parse(string? text) => string.IsNullOrEmpty(text) ? Everything : Of(new SelectorParser(text).Parse());

    /// <summary>Makes the selector of a <see cref="LabelSelector"/>: null selects nothing, an empty one everything.</summary>
    public static Selector From(LabelSelector? selector)
    {
        if (selector is null) return Nothing;
        if (selector.MatchLabels.Count == 0 && selector.MatchExpressions.Count == 0) return Everything;
        var requirements = new List<Requirement>(selector.MatchLabels.Count + selector.MatchExpressions.Count);
        foreach (var (key, value) in selector.MatchLabels) requirements.Add(new Requirement(key, RequirementOperator.In, [value]));
        foreach (var expression in selector.MatchExpressions)
        {
            // An operator that does not exist is refused where the object is validated; here it selects nothing.
            if (OperatorOf(expression.Operator) is not { } @operator) return Nothing;
            requirements.Add(new Requirement(expression.Key, @operator, Sorted(expression.Values)));
        }

        return Of(requirements);
    }

    /// <summary>Selects by the exact values of labels.</summary>
    public static Selector From(ValueMap<string> labels) => From(new LabelSelector { MatchLabels = labels });

    /// <summary>Whether an object with these labels is selected.</summary>
    public bool Matches(ValueMap<string> labels)
    {
        if (_requirements is null) return false;
        foreach (var requirement in _requirements)
        {
            if (!requirement.Matches(labels)) return false;
        }

        return true;
    }

    /// <summary>The text form; the requirements sorted by key.</summary>
    public override string ToString() => string.Join(',', Requirements);

    internal static ValueList<string> Sorted(IEnumerable<string> values) => [.. values.Distinct().Order(StringComparer.Ordinal)];

    private static RequirementOperator? OperatorOf(string name) => name switch
    {
        "In" => RequirementOperator.In,
        "NotIn" => RequirementOperator.NotIn,
        "Exists" => RequirementOperator.Exists,
        "DoesNotExist" => RequirementOperator.DoesNotExist,
        _ => null,
    };

    private static Selector Of(IEnumerable<Requirement> requirements) => new([.. requirements.OrderBy(r => r.Key, StringComparer.Ordinal)]);
}
