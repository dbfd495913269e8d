using System.Runtime.Serialization;

namespace AkkaKube.Wire;

/// <summary>A message cannot be written or read; says which part of it, and what to do.</summary>
public sealed class WireException : SerializationException
{
    /// <summary>Says what is wrong.</summary>
    public WireException(string message) : base(message) { }
}
