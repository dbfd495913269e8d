using System.Globalization;
using System.Text;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Validation;

/// <summary>
/// Values as messages show them that are more than a text or a number: the JSON that Go makes of the server's inner types, whose
/// fields carry their Go names.
/// </summary>
internal static class GoText
{
    public static string Number(long? value) => value is { } number ? ShownValue.Of(number) : "null";

    public static string Text(string? value) => value is null ? "null" : Json(value);

    public static string Time(DateTimeOffset? time) =>
        time is { } t ? $"\"{t.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}\"" : "null";

    /// <summary>A text as a JSON string, with HTML's characters escaped.</summary>
    public static string Json(string? value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value ?? "")
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\n' => text.Append(@"\n"),
                '\r' => text.Append(@"\r"),
                '\t' => text.Append(@"\t"),
                '\b' => text.Append(@"\b"),
                '\f' => text.Append(@"\f"),
                < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        return text.Append('"').ToString();
    }

    public static string Strings(ValueList<string> values)
    {
        if (values.Count == 0) return "null";
        var texts = new string[values.Count];
        for (var i = 0; i < texts.Length; i++) texts[i] = Json(values[i]);
        return $"[{string.Join(',', texts)}]";
    }

    /// <summary>A map of texts, its keys in order; null when there is none.</summary>
    public static string Map(ValueMap<string> values)
    {
        if (values.Count == 0) return "null";
        var entries = new List<string>(values.Count);
        foreach (var key in values.Keys.Order(StringComparer.Ordinal)) entries.Add($"{Json(key)}:{Json(values[key])}");
        return $"{{{string.Join(',', entries)}}}";
    }

    public static string Selector(LabelSelector selector)
    {
        var parts = new List<string>(2);
        if (selector.MatchLabels.Count > 0) parts.Add($"\"matchLabels\":{Map(selector.MatchLabels)}");
        if (selector.MatchExpressions.Count > 0) parts.Add($"\"matchExpressions\":[{string.Join(',', selector.MatchExpressions.Select(Requirement))}]");
        return $"{{{string.Join(',', parts)}}}";
    }

    private static string Requirement(LabelSelectorRequirement requirement) =>
        $"{{\"key\":{Json(requirement.Key)},\"operator\":{Json(requirement.Operator)}{(requirement.Values.Count == 0 ? "" : $",\"values\":{Strings(requirement.Values)}")}}}";

    public static string Owner(OwnerReference owner)
    {
        var text = $"{{\"apiVersion\":{Json(owner.ApiVersion)},\"kind\":{Json(owner.Kind)},\"name\":{Json(owner.Name)},\"uid\":{Json(owner.Uid)}";
        if (owner.Controller is { } controller) text += $",\"controller\":{ShownValue.Of(controller)}";
        if (owner.BlockOwnerDeletion is { } block) text += $",\"blockOwnerDeletion\":{ShownValue.Of(block)}";
        return text + "}";
    }

    public static string Owners(ValueList<OwnerReference> owners) => $"[{string.Join(',', owners.Select(Owner))}]";
}
