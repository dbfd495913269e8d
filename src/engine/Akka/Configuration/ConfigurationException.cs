using Akka.Actor;

namespace Akka.Configuration;

/// <summary>A setting is missing, malformed or of the wrong kind. The message starts with the place: <c>file:line:column</c>.</summary>
public class ConfigurationException : AkkaException
{
    /// <summary>A fault with no cause but itself.</summary>
    public ConfigurationException(string message) : base(message)
    {
    }

    /// <summary>A fault that another one caused.</summary>
    public ConfigurationException(string message, Exception? exception) : base(message, exception)
    {
    }

    /// <summary>What <typeparamref name="T"/> throws when the section it needs is not there.</summary>
    public static ConfigurationException NullOrEmptyConfig<T>(string? path = null) => new(
        path is null
            ? $"Failed to instantiate {typeof(T).Name}: the configuration is null or empty"
            : $"Failed to instantiate {typeof(T).Name}: the configuration has no section '{path}'");
}
