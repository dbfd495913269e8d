namespace AkkaKube.Console.Commands;

/// <summary>What a word of a command is: decides how it is checked and what completes it.</summary>
public enum ArgumentKind
{
    /// <summary>Any word.</summary>
    Word,

    /// <summary>The path of an actor.</summary>
    Path,

    /// <summary>A node of the cluster.</summary>
    Node,

    /// <summary>A host by its name.</summary>
    Host,

    /// <summary>A host, or <c>database</c>.</summary>
    Peer,

    /// <summary>A member of the actor cluster, by its host's name or its address.</summary>
    Member,

    /// <summary>A controller.</summary>
    Controller,

    /// <summary>A resource type, whose objects are one etcd shard.</summary>
    Shard,

    /// <summary>A type of sharded entity.</summary>
    EntityType,

    /// <summary>debug, info, warning or error.</summary>
    Level,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>E.g. <c>200ms</c>, <c>10s</c>, <c>2m</c>.</summary>
    Duration,

    /// <summary>E.g. <c>5%</c>.</summary>
    Percent,

    /// <summary>An object of the API: KIND/NAME, in a namespace NAMESPACE/KIND/NAME.</summary>
    Object,

    /// <summary>The name of a palette.</summary>
    Palette,
}

/// <summary>A word that a command takes.</summary>
/// <param name="Name">Shown in capitals.</param>
/// <param name="Kind">What it is.</param>
public sealed record Argument(string Name, ArgumentKind Kind)
{
    /// <summary>It may be left away; only the last ones may.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>Something that a command takes anywhere among its words.</summary>
/// <param name="Name">With its dashes, e.g. <c>--for</c>.</param>
/// <param name="Value">What follows it; null: nothing, it is a flag.</param>
/// <param name="Help">What it does.</param>
public sealed record Option(string Name, Argument? Value, string Help)
{
    /// <summary>A second name, e.g. <c>-l</c>.</summary>
    public string? Short { get; init; }

    /// <summary>The command cannot do without.</summary>
    public bool IsRequired { get; init; }
}
