using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>Paths inside of a volume, which must not lead out of it.</summary>
internal static class LocalPaths
{
    /// <summary>Neither absolute nor with a step back.</summary>
    public static void CheckDescending(FieldErrors errors, FieldPath path, string value)
    {
        if (value.StartsWith('/')) errors.Invalid(path, value, "must be a relative path");
        CheckNoBacksteps(errors, path, value);
    }

    /// <summary>As <see cref="CheckDescending"/>, and no name that starts with two dots: those are the volume's own.</summary>
    public static void CheckNotReserved(FieldErrors errors, FieldPath path, string value)
    {
        CheckDescending(errors, path, value);
        if (value.StartsWith("..", StringComparison.Ordinal) && !value.StartsWith("../", StringComparison.Ordinal))
            errors.Invalid(path, value, "must not start with '..'");
    }

    public static void CheckNoBacksteps(FieldErrors errors, FieldPath path, string value)
    {
        if (HasBackstep(value)) errors.Invalid(path, value, "must not contain '..'");
    }

    public static bool HasBackstep(string value)
    {
        if (!value.Contains("..", StringComparison.Ordinal)) return false;
        foreach (var range in value.AsSpan().Split('/'))
            if (value.AsSpan(range) is "..") return true;
        return false;
    }
}
