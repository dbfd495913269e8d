#nullable enable
using System.Collections.Generic;

namespace AkkaKube.Api.Declarations;

/// <summary>What a declared type is.</summary>
internal enum TypeForm
{
    /// <summary>A struct that stands on its own: it writes kind and apiVersion.</summary>
    Kind,

    /// <summary>A struct inside others.</summary>
    Struct,

    /// <summary>A string with a name of its own, and perhaps known values.</summary>
    Text,

    /// <summary>Another name for a type.</summary>
    Alias,
}

/// <summary>One block of a .model file: a type, said once.</summary>
internal sealed class TypeDeclaration
{
    public TypeDeclaration(string group, string name, TypeForm form, int line)
    {
        Group = group;
        Name = name;
        Form = form;
        Line = line;
    }

    /// <summary>The folder that the file is in, e.g. <c>core.v1</c>.</summary>
    public string Group { get; }

    public string Name { get; }

    public TypeForm Form { get; }

    public int Line { get; }

    public string Description { get; set; } = "";

    /// <summary>No C# record is made; decoding and OpenAPI know the type.</summary>
    public bool SchemaOnly { get; set; }

    /// <summary>A struct that is owned as a whole (server-side apply).</summary>
    public bool Atomic { get; set; }

    /// <summary>A text that takes its known values alone.</summary>
    public bool Closed { get; set; }

    /// <summary>The name in OpenAPI where it does not follow from group and name.</summary>
    public string? OpenApiName { get; set; }

    /// <summary>What an alias stands for.</summary>
    public TypeReference? Target { get; set; }

    public List<FieldDeclaration> Fields { get; } = new List<FieldDeclaration>();

    /// <summary>The known values of a text: C# name and value.</summary>
    public List<KeyValuePair<string, string>> Constants { get; } = new List<KeyValuePair<string, string>>();

    /// <summary>How the API serves a kind; null for a kind that only travels.</summary>
    public ResourceDeclaration? Resource { get; set; }

    /// <summary>Group and name, e.g. <c>core.v1.Pod</c>.</summary>
    public string FullName => Group + "." + Name;
}
