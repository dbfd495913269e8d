namespace AkkaKube.Api.Fields;

/// <summary>Who writes: the name under which fields are owned, and how and when they were written.</summary>
/// <param name="Manager">E.g. <c>kubectl</c>; "" is written as <c>unknown</c>.</param>
/// <param name="Subresource">status or scale; null for the object itself.</param>
/// <param name="Now">The time of the write.</param>
public sealed record FieldWriter(string Manager, string? Subresource, DateTimeOffset Now)
{
    /// <summary>The fields that a write to this resource resets, as dotted paths: nobody comes to own them by it.</summary>
    public ValueList<string> ResetFields { get; init; }
}
