namespace AkkaKube.Api.Errors;

/// <summary>What kind of wrong a field is (Kubernetes: field.ErrorType).</summary>
public enum FieldErrorType
{
    /// <summary>A name that nothing answers to.</summary>
    NotFound,

    /// <summary>Must be given.</summary>
    Required,

    /// <summary>Must be unique.</summary>
    Duplicate,

    /// <summary>Malformed or out of bounds.</summary>
    Invalid,

    /// <summary>None of the known values.</summary>
    NotSupported,

    /// <summary>Well formed, but not allowed here.</summary>
    Forbidden,

    /// <summary>Too many characters or bytes.</summary>
    TooLong,

    /// <summary>Too many elements.</summary>
    TooMany,

    /// <summary>Of another type than the schema says.</summary>
    TypeInvalid,

    /// <summary>Not the client's fault.</summary>
    Internal,
}

/// <summary>How the types of field errors are spelled.</summary>
public static class FieldErrorTypes
{
    /// <summary>The reason of a status cause, e.g. <c>FieldValueInvalid</c>.</summary>
    public static string Reason(this FieldErrorType type) => type switch
    {
        FieldErrorType.NotFound => "FieldValueNotFound",
        FieldErrorType.Required => "FieldValueRequired",
        FieldErrorType.Duplicate => "FieldValueDuplicate",
        FieldErrorType.NotSupported => "FieldValueNotSupported",
        FieldErrorType.Forbidden => "FieldValueForbidden",
        FieldErrorType.TooLong => "FieldValueTooLong",
        FieldErrorType.TooMany => "FieldValueTooMany",
        FieldErrorType.TypeInvalid => "FieldValueTypeInvalid",
        FieldErrorType.Internal => "InternalError",
        _ => "FieldValueInvalid",
    };

    /// <summary>The words of a message, e.g. <c>Invalid value</c>.</summary>
    public static string Words(this FieldErrorType type) => type switch
    {
        FieldErrorType.NotFound => "Not found",
        FieldErrorType.Required => "Required value",
        FieldErrorType.Duplicate => "Duplicate value",
        FieldErrorType.NotSupported => "Unsupported value",
        FieldErrorType.Forbidden => "Forbidden",
        FieldErrorType.TooLong => "Too long",
        FieldErrorType.TooMany => "Too many",
        FieldErrorType.Internal => "Internal error",
        _ => "Invalid value",
    };
}
