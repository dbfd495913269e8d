namespace AkkaKube.Wire;

/// <summary>The property stays in this process: it is neither written nor read, and has its default after a journey.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotOnWireAttribute : Attribute;
