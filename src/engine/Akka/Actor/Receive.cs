namespace Akka.Actor;

/// <summary>A behavior: true when it handled the message.</summary>
public delegate bool Receive(object message);

/// <summary>A behavior that handles every message.</summary>
public delegate void UntypedReceive(object message);
