using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation;

/// <summary>Collects what a validation finds; costs nothing but itself while all is well.</summary>
internal sealed class FieldErrors
{
    private List<FieldError>? _found;

    public int Count => _found?.Count ?? 0;

    public IReadOnlyList<FieldError> Found => _found ?? (IReadOnlyList<FieldError>)[];

    public void Add(FieldError error) => (_found ??= []).Add(error);

    public void Required(FieldPath path, string detail = "") => Add(FieldError.Required(path, detail));

    public void Forbidden(FieldPath path, string detail) => Add(FieldError.Forbidden(path, detail));

    public void Invalid(FieldPath path, string? value, string detail) => Add(FieldError.Invalid(path, value, detail));

    public void Invalid(FieldPath path, long value, string detail) => Add(FieldError.Invalid(path, value, detail));

    /// <summary>One error for each of the <paramref name="messages"/> a rule gave.</summary>
    public void Invalid(FieldPath path, string? value, string[] messages)
    {
        foreach (var message in messages) Add(FieldError.Invalid(path, value, message));
    }

    public void InvalidShown(FieldPath path, string shown, string detail) => Add(FieldError.InvalidShown(path, shown, detail));

    public void NotSupported(FieldPath path, string? value, params ReadOnlySpan<string> supported) => Add(FieldError.NotSupported(path, value, supported));

    public void Duplicate(FieldPath path, string? value) => Add(FieldError.Duplicate(path, value));

    public void NotFound(FieldPath path, string? value, string detail = "") => Add(FieldError.NotFound(path, value, detail));

    public void TooLong(FieldPath path, int limit) => Add(FieldError.TooLong(path, limit));

    public void TooMany(FieldPath path, int count, int limit) => Add(FieldError.TooMany(path, count, limit));

    /// <summary>A number that counts something.</summary>
    public void NonNegative(FieldPath path, string name, long value)
    {
        if (value < 0) Add(FieldError.Invalid(path.Child(name), value, Rules.IsNegative));
    }
}
