namespace Akka.TestKit;

/// <summary>A test whose messages have no sender unless one is named.</summary>
public interface INoImplicitSender
{
}
