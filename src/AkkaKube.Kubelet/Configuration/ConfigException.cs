namespace AkkaKube.Kubelet.Configuration;

/// <summary>A container cannot be configured: something it needs is missing. The text is the message of CreateContainerConfigError.</summary>
internal sealed class ConfigException : Exception
{
    public ConfigException()
    {
    }

    public ConfigException(string message)
        : base(message)
    {
    }

    public ConfigException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
