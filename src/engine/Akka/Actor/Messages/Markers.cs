namespace Akka.Actor;

/// <summary>A message that the engine handles before the actor may see it.</summary>
public interface IAutoReceivedMessage;

/// <summary>A message that could do harm from outside of the process.</summary>
public interface IPossiblyHarmful;

/// <summary>A message that does not push the receive timeout back.</summary>
public interface INotInfluenceReceiveTimeout;

/// <summary>A message that never leaves the process.</summary>
public interface INoSerializationVerificationNeeded;

/// <summary>An actor whose received messages are logged when <c>akka.actor.debug.receive</c> is on.</summary>
public interface ILogReceive;

/// <summary>A message around another.</summary>
public interface IWrappedMessage
{
    /// <summary>The message inside.</summary>
    object Message { get; }
}
