using System.Globalization;

namespace AkkaKube.Client.Tracing;

/// <summary>Where in a trace something happens: W3C Trace Context, as it travels in messages and in the HTTP header <c>traceparent</c>.</summary>
/// <param name="TraceId">Of all that one cause brought about.</param>
/// <param name="SpanId">Of one step of it.</param>
public readonly record struct TraceContext(UInt128 TraceId, ulong SpanId)
{
    private const int Length = 55;

    /// <summary>Reads <c>00-(32 hex digits)-(16 hex digits)-(2 hex digits)</c>; null where it is none.</summary>
    public static TraceContext? Parse(string? text) =>
        text is { Length: >= Length } && text[2] == '-' && text[35] == '-' && text[52] == '-' && !text.StartsWith("ff", StringComparison.Ordinal)
        && UInt128.TryParse(text.AsSpan(3, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var trace) && trace != 0
        && ulong.TryParse(text.AsSpan(36, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var span) && span != 0
            ? new TraceContext(trace, span)
            : null;

    /// <summary>As it travels.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"00-{TraceId:x32}-{SpanId:x16}-01");
}

/// <summary>The change of an object that made a component act: by it the API server finds the trace that the component's write belongs to.</summary>
/// <param name="Resource">The resource of the object.</param>
/// <param name="Revision">The revision of the change.</param>
public sealed record CausedBy(Api.GroupVersionResource Resource, long Revision);
