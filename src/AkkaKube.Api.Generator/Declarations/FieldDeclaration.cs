#nullable enable
using System;

namespace AkkaKube.Api.Declarations;

/// <summary>One line of a struct: a field with its facts.</summary>
internal sealed class FieldDeclaration
{
    public FieldDeclaration(string name, TypeReference type, int line)
    {
        Name = name;
        Type = type;
        Line = line;
    }

    /// <summary>The name in JSON.</summary>
    public string Name { get; }

    public TypeReference Type { get; }

    public int Line { get; }

    public string Description { get; set; } = "";

    /// <summary>OpenAPI lists it as required.</summary>
    public bool Required { get; set; }

    /// <summary>Written even where it is zero (Go: no omitempty).</summary>
    public bool Always { get; set; }

    /// <summary>A struct or time that is left out where it is zero.</summary>
    public bool OmitZero { get; set; }

    /// <summary>The C# property is a plain string, "" where the JSON has none.</summary>
    public bool NonNull { get; set; }

    /// <summary>May not change once the object exists.</summary>
    public bool Immutable { get; set; }

    /// <summary>atomic, set or map; null where nothing is said (which means atomic).</summary>
    public string? ListType { get; set; }

    /// <summary>The keys of a list of type map.</summary>
    public string[] Keys { get; set; } = Array.Empty<string>();

    /// <summary>atomic or granular for maps and structs; null means granular.</summary>
    public string? MapType { get; set; }

    /// <summary>merge, replace, retainKeys, or two of them with a comma (strategic merge patch).</summary>
    public string? PatchStrategy { get; set; }

    /// <summary>The key by which strategic merge pairs the elements of a list.</summary>
    public string? MergeKey { get; set; }

    /// <summary>The Go structs, with points between, that the field is embedded by; error messages show them.</summary>
    public string? Inline { get; set; }

    /// <summary>
    /// The field's number in protobuf, with the numbers of the embedding messages before it. Where none is declared it is one more than that of
    /// the field before.
    /// </summary>
    public int[] Number { get; set; } = Array.Empty<int>();

    /// <summary>The default as JSON text.</summary>
    public string? Default { get; set; }
}
