#nullable enable
using System;
using System.Collections.Generic;

namespace AkkaKube.Api.Declarations;

/// <summary>How the API serves a kind.</summary>
internal sealed class ResourceDeclaration
{
    public ResourceDeclaration(string plural)
    {
        Plural = plural;
    }

    public string Plural { get; }

    public string Singular { get; set; } = "";

    public bool Namespaced { get; set; }

    public string[] ShortNames { get; set; } = Array.Empty<string>();

    public string[] Categories { get; set; } = Array.Empty<string>();

    public string[] Verbs { get; set; } = Array.Empty<string>();

    public List<SubresourceDeclaration> Subresources { get; } = new List<SubresourceDeclaration>();

    public List<ColumnDeclaration> Columns { get; } = new List<ColumnDeclaration>();
}

/// <summary>A part of an object with a path of its own, e.g. pods/status.</summary>
internal sealed class SubresourceDeclaration
{
    public SubresourceDeclaration(string name, string[] verbs, string? kind)
    {
        Name = name;
        Verbs = verbs;
        Kind = kind;
    }

    public string Name { get; }

    public string[] Verbs { get; }

    /// <summary>apiVersion/Kind where it is not the object's own.</summary>
    public string? Kind { get; }
}

/// <summary>A column that <c>kubectl get</c> prints.</summary>
internal sealed class ColumnDeclaration
{
    public ColumnDeclaration(string name, string type, bool wide, string cell)
    {
        Name = name;
        Type = type;
        Wide = wide;
        Cell = cell;
    }

    public string Name { get; }

    /// <summary>string, integer, boolean or date.</summary>
    public string Type { get; }

    /// <summary>Only with <c>-o wide</c>.</summary>
    public bool Wide { get; }

    /// <summary>A path (<c>.spec.replicas</c>) or the name of a cell function (<c>@podStatus</c>).</summary>
    public string Cell { get; }
}
