namespace AkkaKube.Console.Faults;

/// <summary>Breaks the links of this host, on purpose. A fault lasts until it is healed; a second one on the same link takes the place of the first.</summary>
public interface IFaults
{
    /// <summary>Applies a fault. The task fails with <see cref="FaultException"/> where this host has no such link; then nothing was changed.</summary>
    Task Apply(Fault fault);

    /// <summary>Takes a fault away. Nothing happens where it is not there.</summary>
    Task Heal(Fault fault);
}

/// <summary>Something that is wrong with a link of this host.</summary>
/// <param name="Peer">The other end: a host, or <see cref="Database"/>.</param>
public abstract record Fault(string Peer)
{
    /// <summary>The peer that is the database.</summary>
    public const string Database = "database";

    /// <summary>Nothing goes through.</summary>
    /// <param name="Peer">The other end.</param>
    /// <param name="Ways">In which direction.</param>
    public sealed record Cut(string Peer, Ways Ways) : Fault(Peer)
    {
        /// <inheritdoc/>
        public override string ToString() => Ways == Ways.Both ? $"cut from {Peer}" : Ways == Ways.Out ? $"nothing goes to {Peer}" : $"nothing comes from {Peer}";
    }

    /// <summary>Everything takes longer.</summary>
    /// <param name="Peer">The other end.</param>
    /// <param name="Delay">By so much.</param>
    public sealed record Slow(string Peer, TimeSpan Delay) : Fault(Peer)
    {
        /// <inheritdoc/>
        public override string ToString() => $"{Commands.WordSyntax.Write(Delay)} slower to {Peer}";
    }

    /// <summary>Some of it is lost.</summary>
    /// <param name="Peer">The other end.</param>
    /// <param name="Share">Between 0 and 1.</param>
    public sealed record Drop(string Peer, double Share) : Fault(Peer)
    {
        /// <inheritdoc/>
        public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Share * 100:0.###}% lost to {Peer}");
    }
}

/// <summary>The directions of a link.</summary>
public enum Ways
{
    /// <summary>From here and to here.</summary>
    Both,

    /// <summary>From here.</summary>
    Out,

    /// <summary>To here.</summary>
    In,
}

/// <summary>A fault that cannot be applied here.</summary>
public sealed class FaultException(string message) : Exception(message);
