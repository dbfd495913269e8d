#nullable enable
using System;
using System.Collections.Generic;

namespace AkkaKube.Api.Declarations;

/// <summary>
/// Reads a .model file. A block starts at the left edge (<c>kind Pod</c>, <c>type PodSpec</c>, <c>string PodPhase</c>,
/// <c>alias ResourceList = map[ResourceName]Quantity</c>); its lines are indented, the first of them is the description. A kind then says
/// how it is served (resource, subresource, column); after an empty line come the fields: name, type, facts, <c>--</c>, description.
/// </summary>
internal sealed class ModelFile
{
    private readonly string _group;
    private TypeDeclaration? _type;
    private bool _described;
    private bool _inFields;

    private ModelFile(string group)
    {
        _group = group;
    }

    public List<TypeDeclaration> Types { get; } = new List<TypeDeclaration>();

    /// <summary>What is wrong: line (from 0) and text.</summary>
    public List<KeyValuePair<int, string>> Errors { get; } = new List<KeyValuePair<int, string>>();

    /// <summary>Reads the text of a file that lies in the folder of <paramref name="group"/>.</summary>
    public static ModelFile Parse(string group, string text)
    {
        var file = new ModelFile(group);
        var start = 0;
        for (var line = 0; start <= text.Length; line++)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0)
                end = text.Length;
            file.Line(line, text.Substring(start, end - start).TrimEnd());
            start = end + 1;
        }

        return file;
    }

    private void Line(int number, string text)
    {
        if (text.Length == 0)
        {
            _inFields = _type != null && _described;
            return;
        }

        if (text[0] == '#')
            return;
        if (text[0] != ' ')
            Header(number, text);
        else if (_type == null)
            Error(number, "an indented line needs a type above it");
        else if (!_described)
        {
            _type.Description = text.Trim();
            _described = true;
        }
        else if (_type.Form == TypeForm.Text)
            Constant(text.Trim());
        else if (_inFields)
            Field(number, text.Trim());
        else
            Served(number, text.Trim());
    }

    private void Header(int number, string text)
    {
        var words = Words(text);
        var form = words[0] == "kind" ? TypeForm.Kind : words[0] == "type" ? TypeForm.Struct : words[0] == "string" ? TypeForm.Text : TypeForm.Alias;
        if (words.Length < 2 || (form == TypeForm.Alias && (words[0] != "alias" || words.Length != 4 || words[2] != "=")))
        {
            Error(number, "a block starts with 'kind Name', 'type Name', 'string Name' or 'alias Name = type'");
            return;
        }

        _type = new TypeDeclaration(_group, words[1], form, number);
        _described = false;
        _inFields = false;
        Types.Add(_type);
        if (form == TypeForm.Alias)
        {
            _type.Target = TypeReference.Parse(words[3]);
            if (_type.Target == null)
                Error(number, "not a type: " + words[3]);
            return;
        }

        for (var i = 2; i < words.Length; i++)
        {
            if (words[i] == "schema-only")
                _type.SchemaOnly = true;
            else if (words[i] == "atomic")
                _type.Atomic = true;
            else if (words[i] == "closed")
                _type.Closed = true;
            else if (words[i].StartsWith("openapi=", StringComparison.Ordinal))
                _type.OpenApiName = words[i].Substring(8);
            else
                Error(number, "not a fact of a type: " + words[i]);
        }
    }

    private void Constant(string text)
    {
        var at = text.IndexOf(" = ", StringComparison.Ordinal);
        var value = at < 0 ? text : text.Substring(at + 3).Trim();
        var name = at < 0 ? text : text.Substring(0, at).Trim();
        _type!.Constants.Add(new KeyValuePair<string, string>(char.ToUpperInvariant(name[0]) + name.Substring(1), value));
    }

    private void Served(int number, string text)
    {
        var words = Words(text);
        var resource = _type!.Resource;
        if (words[0] == "resource" && words.Length > 1)
        {
            resource = _type.Resource = new ResourceDeclaration(words[1]);
            for (var i = 2; i < words.Length; i++)
            {
                var value = Value(words[i], out var fact);
                switch (fact)
                {
                    case "singular": resource.Singular = value; break;
                    case "scope": resource.Namespaced = value == "namespaced"; break;
                    case "short": resource.ShortNames = value.Split(','); break;
                    case "categories": resource.Categories = value.Split(','); break;
                    case "verbs": resource.Verbs = value.Split(','); break;
                    default: Error(number, "not a fact of a resource: " + words[i]); break;
                }
            }
        }
        else if (words[0] == "subresource" && words.Length > 2 && resource != null)
        {
            string? kind = null;
            var verbs = Array.Empty<string>();
            for (var i = 2; i < words.Length; i++)
            {
                var value = Value(words[i], out var fact);
                if (fact == "verbs")
                    verbs = value.Split(',');
                else if (fact == "kind")
                    kind = value;
                else
                    Error(number, "not a fact of a subresource: " + words[i]);
            }

            resource.Subresources.Add(new SubresourceDeclaration(words[1], verbs, kind));
        }
        else if (words[0] == "column" && text.IndexOf(" = ", StringComparison.Ordinal) is > 0 and var at && resource != null)
        {
            var name = text.Substring(7, at - 7).Trim();
            var wide = name.EndsWith("*", StringComparison.Ordinal);
            if (wide)
                name = name.Substring(0, name.Length - 1);
            var colon = name.IndexOf(':');
            var type = colon < 0 ? "string" : name.Substring(colon + 1);
            resource.Columns.Add(new ColumnDeclaration(colon < 0 ? name : name.Substring(0, colon), type, wide, text.Substring(at + 3).Trim()));
        }
        else
            Error(number, "expected resource, subresource or column (fields come after an empty line)");
    }

    private void Field(int number, string text)
    {
        var at = text.IndexOf("-- ", StringComparison.Ordinal);
        var words = Words(at < 0 ? text : text.Substring(0, at));
        if (words.Length < 2 || TypeReference.Parse(words[1]) is not { } type)
        {
            Error(number, "a field is: name type facts -- description");
            return;
        }

        var field = new FieldDeclaration(words[0], type, number) { Description = at < 0 ? "" : text.Substring(at + 3).Trim() };
        var before = _type!.Fields.Count == 0 ? null : _type.Fields[_type.Fields.Count - 1];
        _type.Fields.Add(field);
        for (var i = 2; i < words.Length; i++)
        {
            var value = Value(words[i], out var fact);
            switch (fact)
            {
                case "required": field.Required = true; break;
                case "always": field.Always = true; break;
                case "omitzero": field.OmitZero = true; break;
                case "nonnull": field.NonNull = true; break;
                case "immutable": field.Immutable = true; break;
                case "list": field.ListType = value; break;
                case "keys": field.Keys = value.Split(','); break;
                case "map": field.MapType = value; break;
                case "patch": field.PatchStrategy = value; break;
                case "mergeKey": field.MergeKey = value; break;
                case "inline": field.Inline = value; break;
                case "default": field.Default = value; break;
                case "number": field.Number = Numbers(number, value); break;
                default: Error(number, "not a fact of a field: " + words[i]); break;
            }
        }

        if (field.Number.Length == 0)
            field.Number = NextNumber(before, field.Inline);
    }

    /// <summary>One more than the field before; the fields of an embedded struct are counted from 1, in a message of their own.</summary>
    private static int[] NextNumber(FieldDeclaration? before, string? inline)
    {
        if (before == null)
            return inline == null ? new[] { 1 } : new[] { 1, 1 };
        if (before.Inline == inline)
        {
            var next = (int[])before.Number.Clone();
            next[next.Length - 1]++;
            return next;
        }

        return inline == null ? new[] { before.Number[0] + 1 } : new[] { before.Number[0] + 1, 1 };
    }

    private int[] Numbers(int line, string text)
    {
        var parts = text.Split('.');
        var numbers = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], out numbers[i]) || numbers[i] < 1)
                Error(line, "not a protobuf field number: " + text);
        }

        return numbers;
    }

    private static string Value(string word, out string fact)
    {
        var at = word.IndexOf('=');
        fact = at < 0 ? word : word.Substring(0, at);
        return at < 0 ? "" : word.Substring(at + 1);
    }

    private static string[] Words(string text) => text.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);

    private void Error(int line, string text) => Errors.Add(new KeyValuePair<int, string>(line, text));
}
