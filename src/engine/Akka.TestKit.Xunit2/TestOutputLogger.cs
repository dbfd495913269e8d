using Akka.Actor;
using Akka.Event;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>Prints log events to the output of the test.</summary>
public class TestOutputLogger : ReceiveActor
{
    /// <summary>Prints to <paramref name="output"/>.</summary>
    public TestOutputLogger(ITestOutputHelper output)
    {
        Receive<LogEvent>(e => Write(output, e));
        Receive<InitializeLogger>(e =>
        {
            foreach (var type in (Type[])[typeof(Debug), typeof(Info), typeof(Warning), typeof(Error)]) e.LoggingBus.Subscribe(Self, type);
            Sender.Tell(new LoggerInitialized());
        });
    }

    private static void Write(ITestOutputHelper output, LogEvent logEvent)
    {
        try
        {
            output.WriteLine(logEvent.ToString());
        }
        catch (InvalidOperationException)
        {
            // The test has ended; nobody reads any more.
        }
    }
}
