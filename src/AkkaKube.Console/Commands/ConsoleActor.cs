using Akka.Actor;

namespace AkkaKube.Console.Commands;

/// <summary>Runs the commands that come in at the management port: <c>actor hierarchy</c> and <c>actor stop</c>.</summary>
public sealed class ConsoleActor : ReceiveActor
{
    private const string Usage = "commands: actor hierarchy [PATH] | actor stop PATH";
    private readonly TimeSpan _patience;

    /// <summary>A console that waits so long for actors to say who they are.</summary>
    public ConsoleActor(TimeSpan patience)
    {
        _patience = patience;
        Receive<Run>(On);
    }

    /// <summary>How to start it.</summary>
    public static Props Props(TimeSpan patience) => Akka.Actor.Props.Create(() => new ConsoleActor(patience));

    private void On(Run run)
    {
        switch (run.Words)
        {
            case ["actor", "hierarchy"]:
                List("/user");
                break;
            case ["actor", "hierarchy", var root]:
                List(root.TrimEnd('/'));
                break;
            case ["actor", "stop", var path]:
                Context.ActorOf(ActorStop.Props(path, _patience, Sender));
                break;
            default:
                Sender.Tell(new Ran(2, Usage));
                break;
        }
    }

    private void List(string root) => Context.ActorOf(ActorHierarchy.Props(root, _patience, Sender));

    /// <summary>A command line, word by word. Answer: <see cref="Ran"/>.</summary>
    public sealed record Run(IReadOnlyList<string> Words);

    /// <summary>How a command ended: 0 well, 1 not, 2 there is no such command; and its text.</summary>
    public sealed record Ran(int ExitCode, string Text);
}
