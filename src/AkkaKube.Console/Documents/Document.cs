using AkkaKube.Api;

namespace AkkaKube.Console.Documents;

/// <summary>What a command answers. There are few shapes, so that every client can show every answer.</summary>
public abstract record Document
{
    private protected Document()
    {
    }

    /// <summary>Rows under columns.</summary>
    public sealed record Table(ValueList<string> Columns, ValueList<ValueList<Cell>> Rows) : Document;

    /// <summary>Lines for people; of a stream, one of them.</summary>
    public sealed record Text(string Value) : Document;

    /// <summary>It was done.</summary>
    public sealed record Done(string Message) : Document;

    /// <summary>It was not done.</summary>
    /// <param name="Code">One of <see cref="FailureCode"/>.</param>
    /// <param name="Message">What is wrong, and what to do.</param>
    public sealed record Failure(string Code, string Message) : Document
    {
        /// <summary>Commands that the caller may have meant.</summary>
        public ValueList<string> Nearest { get; init; }
    }
}

/// <summary>A value of a table: a text, a number, or nothing.</summary>
/// <param name="Text">The value as text.</param>
/// <param name="IsNumber">Programs get it as a number.</param>
public readonly record struct Cell(string? Text, bool IsNumber = false)
{
    /// <summary>A text.</summary>
    public static implicit operator Cell(string? text) => new(text);

    /// <summary>A number.</summary>
    public static implicit operator Cell(long number) => new(number.ToString(System.Globalization.CultureInfo.InvariantCulture), true);
}

/// <summary>Why a command was not done, for programs.</summary>
public static class FailureCode
{
    /// <summary>There is no such command, or its arguments are wrong.</summary>
    public const string Usage = "usage";

    /// <summary>What the command names does not exist.</summary>
    public const string NotFound = "not-found";

    /// <summary>It was tried and did not work, or cannot work here.</summary>
    public const string Failed = "failed";

    /// <summary>It took too long.</summary>
    public const string Timeout = "timeout";

    /// <summary>The token was wrong or missing.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The request is no request of this port.</summary>
    public const string BadRequest = "bad-request";
}
