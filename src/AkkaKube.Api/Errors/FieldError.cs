namespace AkkaKube.Api.Errors;

/// <summary>One fault of one field of an object (Kubernetes: field.Error); a Status carries it as a cause.</summary>
/// <param name="Type">The kind of fault.</param>
/// <param name="Field">Where, e.g. <c>spec.replicas</c>.</param>
/// <param name="Value">The offending value as the message shows it (a quoted string, a number, JSON); null when the message shows none.</param>
/// <param name="Detail">Why; empty when the type says it all.</param>
public sealed record FieldError(FieldErrorType Type, string Field, string? Value, string Detail)
{
    /// <summary>The reason of the status cause, e.g. <c>FieldValueInvalid</c>.</summary>
    public string Reason => Type.Reason();

    /// <summary>The message without the field, as a status cause has it: <c>Invalid value: -1: must be greater than or equal to 0</c>.</summary>
    public string Body => (Value, Detail.Length) switch
    {
        (null, 0) => Type.Words(),
        (null, _) => $"{Type.Words()}: {Detail}",
        (_, 0) => $"{Type.Words()}: {Value}",
        _ => $"{Type.Words()}: {Value}: {Detail}",
    };

    /// <summary>The whole message: <c>spec.replicas: Invalid value: -1: must be greater than or equal to 0</c>.</summary>
    public override string ToString() => $"{Field}: {Body}";

    /// <summary>The message of all <paramref name="errors"/>: the only one, or <c>[a, b]</c> with each text once.</summary>
    public static string Summary(IReadOnlyList<FieldError> errors)
    {
        if (errors.Count == 1) return errors[0].ToString();
        var seen = new HashSet<string>(errors.Count);
        var texts = new List<string>(errors.Count);
        foreach (var error in errors)
        {
            var text = error.ToString();
            if (seen.Add(text)) texts.Add(text);
        }
        return texts.Count == 1 ? texts[0] : $"[{string.Join(", ", texts)}]";
    }

    /// <summary>Reports a value that must be given.</summary>
    public static FieldError Required(FieldPath path, string detail = "") => new(FieldErrorType.Required, path.ToString(), null, detail);

    /// <summary>Reports something that is not allowed here.</summary>
    public static FieldError Forbidden(FieldPath path, string detail) => new(FieldErrorType.Forbidden, path.ToString(), null, detail);

    /// <summary>Reports a malformed text.</summary>
    public static FieldError Invalid(FieldPath path, string? value, string detail) =>
        new(FieldErrorType.Invalid, path.ToString(), ShownValue.Of(value), detail);

    /// <summary>Reports a number out of bounds.</summary>
    public static FieldError Invalid(FieldPath path, long value, string detail) =>
        new(FieldErrorType.Invalid, path.ToString(), ShownValue.Of(value), detail);

    /// <summary>Reports a malformed value that the message shows as <paramref name="shown"/> (see <see cref="ShownValue"/>).</summary>
    public static FieldError InvalidShown(FieldPath path, string shown, string detail) =>
        new(FieldErrorType.Invalid, path.ToString(), shown, detail);

    /// <summary>Reports a text that is none of the <paramref name="supported"/> ones.</summary>
    public static FieldError NotSupported(FieldPath path, string? value, ReadOnlySpan<string> supported) =>
        NotSupportedShown(path, ShownValue.Of(value), supported);

    /// <summary>Reports a value, shown as <paramref name="shown"/>, that is none of the <paramref name="supported"/> ones.</summary>
    public static FieldError NotSupportedShown(FieldPath path, string shown, ReadOnlySpan<string> supported)
    {
        var quoted = new string[supported.Length];
        for (var i = 0; i < quoted.Length; i++) quoted[i] = ShownValue.Of(supported[i]);
        return new(FieldErrorType.NotSupported, path.ToString(), shown, quoted.Length == 0 ? "" : "supported values: " + string.Join(", ", quoted));
    }

    /// <summary>Reports a text that must be unique.</summary>
    public static FieldError Duplicate(FieldPath path, string? value) => DuplicateShown(path, ShownValue.Of(value));

    /// <summary>Reports a value, shown as <paramref name="shown"/>, that must be unique.</summary>
    public static FieldError DuplicateShown(FieldPath path, string shown, string detail = "") =>
        new(FieldErrorType.Duplicate, path.ToString(), shown, detail);

    /// <summary>Reports a name that nothing answers to.</summary>
    public static FieldError NotFound(FieldPath path, string? value, string detail = "") =>
        new(FieldErrorType.NotFound, path.ToString(), ShownValue.Of(value), detail);

    /// <summary>Reports a text of more than <paramref name="limit"/> bytes.</summary>
    public static FieldError TooLong(FieldPath path, int limit) =>
        new(FieldErrorType.TooLong, path.ToString(), null, limit == 1 ? "may not be more than 1 byte" : $"may not be more than {limit} bytes");

    /// <summary>Reports a list of more than <paramref name="limit"/> items.</summary>
    public static FieldError TooMany(FieldPath path, int count, int limit) =>
        new(FieldErrorType.TooMany, path.ToString(), ShownValue.Of(count), $"must have at most {limit} {(limit == 1 ? "item" : "items")}");
}
