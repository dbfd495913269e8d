using AkkaKube.Api.Schema;

namespace AkkaKube.Api.Fields;

/// <summary>Says where an applied configuration does not fit its schema, in the words of structured-merge-diff.</summary>
internal sealed class AppliedCheck
{
    private readonly List<string> _errors = [];

    /// <summary>The complaint; null where the configuration fits.</summary>
    public static string? Complaint(TypeSchema schema, JsonMap applied)
    {
        var check = new AppliedCheck();
        check.Fields(schema, applied, "", isRoot: true);
        return check._errors.Count switch
        {
            0 => null,
            1 => check._errors[0],
            _ => "errors:\n" + string.Join('\n', check._errors.Select(error => "  " + error)),
        };
    }

    private void Fields(TypeSchema schema, JsonMap map, string path, bool isRoot = false)
    {
        foreach (var (name, value) in map.Entries)
        {
            if (schema.Field(name) is { } field)
                Value(new(field.Value, field), value, $"{path}.{name}");
            else if (!isRoot || name is not ("kind" or "apiVersion"))
                Error($"{path}.{name}", "field not declared in schema");
        }
    }

    private void Value(Shape shape, object? value, string path)
    {
        if (value is null)
            return;
        switch (shape.Value.Kind)
        {
            case ValueKind.Struct when value is JsonMap map: Fields(shape.Value.Struct, map, path); break;
            case ValueKind.Map when value is JsonMap map:
                foreach (var (key, item) in map.Entries)
                    Value(shape.Element, item, $"{path}.{key}");
                break;
            case ValueKind.Struct or ValueKind.Map: Error(path, $"expected map, got &{{{Show(value)}}}"); break;
            case ValueKind.List when value is JsonList list: Items(shape, list, path); break;
            case ValueKind.List: Error(path, $"expected list, got &{{{Show(value)}}}"); break;
            case ValueKind.Int32 or ValueKind.Int64 or ValueKind.Double when value is not (long or double): Error(path, $"expected numeric (int or float), got {GoType(value)}"); break;
            case ValueKind.Text or ValueKind.Bytes when value is not string: Error(path, $"expected string, got &value.valueUnstructured{{Value:{Show(value)}}}"); break;
            case ValueKind.Boolean when value is not bool: Error(path, $"expected boolean, got &value.valueUnstructured{{Value:{Show(value)}}}"); break;
        }
    }

    private void Items(Shape shape, JsonList list, string path)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < list.Count; i++)
        {
            var step = $"[{i}]";
            if (shape.Kind is ShapeKind.KeyedList or ShapeKind.Set)
            {
                string? error = null;
                var element = shape.Kind == ShapeKind.Set ? PathElement.Value(list[i]) : PathElement.Key(shape, list[i], out error);
                if (element is null)
                {
                    Error(path, $"element {i}: {error}");
                    return;
                }

                step = PathElement.Show(element);
                if (!seen.Add(element))
                    Error(path, $"duplicate entries for key {step}");
            }

            Value(shape.Element, list[i], path + step);
        }
    }

    private void Error(string path, string text) => _errors.Add($"{path}: {text}");

    private static string GoType(object? value) => value switch { string => "string", bool => "bool", JsonList => "[]interface {}", _ => "map[string]interface {}" };

    /// <summary>As Go prints it: texts in quotes, maps and lists with spaces between.</summary>
    private static string Show(object? value) => value is JsonMap or JsonList ? Patches.GoText.Of(value) : Tree.Text(value);
}
