namespace Akka.Configuration.Hocon;

/// <summary>A parsed text, its substitutions not yet resolved.</summary>
public class HoconRoot
{
    /// <summary>A root that holds <paramref name="value"/>.</summary>
    public HoconRoot(HoconValue value) => Value = value;

    /// <summary>What the text holds.</summary>
    public HoconValue Value { get; }
}
