namespace Akka.Configuration.Hocon;

/// <summary>Where something stands in a text; lines and columns count from 1.</summary>
internal readonly record struct Position(string Origin, int Line, int Column)
{
    public ConfigurationException Error(string message) => new($"{this}: {message}");

    public override string ToString() => $"{Origin}:{Line}:{Column}";
}
