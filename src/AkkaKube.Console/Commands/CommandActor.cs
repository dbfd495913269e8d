using Akka.Actor;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Commands;

/// <summary>Does one command and stops. It tells the console, its parent, what to answer; should it fail or never end, the console answers for it.</summary>
internal abstract class CommandActor : ReceiveActor, IWithTimers
{
    private readonly IActorRef _console;

    protected CommandActor(Invocation call) => (Call, _console) = (call, Context.Parent);

    public ITimerScheduler Timers { get; set; } = null!;

    protected Invocation Call { get; }

    /// <summary>How long others get to answer a question of this command.</summary>
    protected TimeSpan Patience => Call.Services.Settings.Patience;

    /// <summary>One more part of a stream.</summary>
    protected void Show(Document document) => _console.Tell(new ConsoleActor.Shown(document));

    /// <summary>The answer; the command is over.</summary>
    protected void End(Document document)
    {
        _console.Tell(new ConsoleActor.Ended(document));
        Context.Stop(Self);
    }

    protected void Fail(string message, string code = FailureCode.Failed) => End(new Document.Failure(code, message));
}
