using Akka.Actor;

namespace Akka.Serialization;

/// <summary>An exception in a <see cref="Status.Failure"/>. One that has a serializer of its own stays what it is; well-known kinds stay their kind; others arrive as a text.</summary>
internal static class FailureCause
{
    private const byte Own = 1;
    private const byte Known = 2;

    private static readonly Dictionary<string, Func<string, Exception?, Exception>> Kinds = new(StringComparer.Ordinal)
    {
        ["argument"] = static (text, inner) => new ArgumentException(text, inner),
        ["invalid-operation"] = static (text, inner) => new InvalidOperationException(text, inner),
        ["not-supported"] = static (text, inner) => new NotSupportedException(text, inner),
        ["timeout"] = static (text, inner) => new TimeoutException(text, inner),
        ["cancelled"] = static (text, inner) => new OperationCanceledException(text, inner),
        ["io"] = static (text, inner) => new IOException(text, inner),
        ["unauthorized"] = static (text, inner) => new UnauthorizedAccessException(text, inner),
        ["key-not-found"] = static (text, inner) => new KeyNotFoundException(text, inner),
        ["format"] = static (text, inner) => new FormatException(text, inner),
        ["ask-timeout"] = static (text, _) => new AskTimeoutException(text),
        ["other"] = static (text, inner) => new FailureOnAnotherHostException(text, inner),
    };

    public static void Write(Serialization serialization, Exception? cause, WireBuffer to)
    {
        if (cause is null)
        {
            to.WriteByte(0);
            return;
        }

        if (serialization.IsBound(cause.GetType()))
        {
            to.WriteByte(Own);
            Payload.Write(serialization, cause, to);
            return;
        }

        var (kind, text) = KindOf(cause);
        to.WriteByte(Known);
        to.WriteText(kind);
        to.WriteText(text);
        Write(serialization, cause.InnerException, to);
    }

    public static Exception? Read(Serialization serialization, ref WireReader from)
    {
        switch (from.ReadByte())
        {
            case 0:
                return null;
            case Own:
                return (Exception)Payload.Read(serialization, ref from);
            default:
                var kind = from.ReadText();
                var text = from.ReadText();
                var inner = Read(serialization, ref from);
                return (Kinds.TryGetValue(kind, out var make) ? make : Kinds["other"])(text, inner);
        }
    }

    private static (string Kind, string Text) KindOf(Exception cause) => cause switch
    {
        AskTimeoutException => ("ask-timeout", cause.Message),
        FailureOnAnotherHostException => ("other", cause.Message),
        OperationCanceledException => ("cancelled", cause.Message),
        TimeoutException => ("timeout", cause.Message),
        _ when cause.GetType() == typeof(ArgumentException) => ("argument", cause.Message),
        _ when cause.GetType() == typeof(InvalidOperationException) => ("invalid-operation", cause.Message),
        _ when cause.GetType() == typeof(NotSupportedException) => ("not-supported", cause.Message),
        _ when cause.GetType() == typeof(IOException) => ("io", cause.Message),
        _ when cause.GetType() == typeof(UnauthorizedAccessException) => ("unauthorized", cause.Message),
        _ when cause.GetType() == typeof(KeyNotFoundException) => ("key-not-found", cause.Message),
        _ when cause.GetType() == typeof(FormatException) => ("format", cause.Message),
        _ => ("other", $"{cause.GetType().Name}: {cause.Message}"),
    };
}

/// <summary>What failed elsewhere, by a kind of exception that this host does not know.</summary>
internal sealed class FailureOnAnotherHostException(string message, Exception? cause) : AkkaException(message, cause!);
