using System.Globalization;

namespace Akka.Event;

/// <summary>Makes a text of a template and its values.</summary>
public interface ILogMessageFormatter
{
    /// <summary>Makes the text.</summary>
    string Format(string format, params object[] args);

    /// <summary>Makes the text.</summary>
    string Format(string format, IEnumerable<object> args);
}

/// <summary>Templates as <see cref="string.Format(string, object[])"/> knows them.</summary>
public class DefaultLogMessageFormatter : ILogMessageFormatter
{
    /// <summary>The one formatter.</summary>
    public static readonly DefaultLogMessageFormatter Instance = new();

    private protected DefaultLogMessageFormatter() { }

    /// <inheritdoc />
    public string Format(string format, params object[] args) => args is { Length: > 0 } ? string.Format(CultureInfo.InvariantCulture, format, args) : format;

    /// <inheritdoc />
    public string Format(string format, IEnumerable<object> args) => Format(format, args.ToArray());
}

/// <summary>A template and its values; the text is made when somebody reads it.</summary>
public abstract class LogMessage
{
    /// <summary>What makes the text.</summary>
    protected readonly ILogMessageFormatter Formatter;

    /// <summary>Creates the message.</summary>
    public LogMessage(ILogMessageFormatter formatter, string format)
    {
        Formatter = formatter;
        Format = format;
    }

    /// <summary>The template.</summary>
    public string Format { get; }

    /// <summary>The values.</summary>
    public abstract IEnumerable<object> Parameters();

    /// <summary>The template and the values, unformatted.</summary>
    public abstract string Unformatted();
}

internal sealed class TemplateMessage(ILogMessageFormatter formatter, string format, object[] values) : LogMessage(formatter, format)
{
    public override IEnumerable<object> Parameters() => values;
    public override string Unformatted() => $"Template: [{Format}], Values: [{string.Join(",", values)}]";

    public override string ToString()
    {
        try
        {
            return Formatter.Format(Format, values);
        }
        catch (FormatException)
        {
            return Unformatted(); // a wrong template must not cost the entry
        }
    }
}
