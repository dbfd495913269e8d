using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Console.Commands;

namespace AkkaKube.Console.Hosts;

/// <summary>Puts a command to the consoles of several hosts and tells all answers at once: when the last has come, or when patience ends.</summary>
internal sealed class HostQuestion : ReceiveActor
{
    /// <summary>What the hosts answered; who did not is in <paramref name="Silent"/>.</summary>
    public sealed record Answers(IReadOnlyList<ConsoleActor.Ran> Given, IReadOnlyList<string> Silent);

    private readonly List<ConsoleActor.Ran> _given = [];

    public HostQuestion(ConsoleServices services, IReadOnlyList<HostEntry> hosts, ValueList<string> words, TimeSpan patience, IActorRef asker)
    {
        foreach (var host in hosts) services.Hosts.ConsoleOf(Context.System, host).Tell(new ConsoleActor.Run(words, Here: true), Self);
        Context.SetReceiveTimeout(patience);
        Receive<ConsoleActor.Ran>(ran =>
        {
            if (_given.TrueForAll(g => g.Host != ran.Host)) _given.Add(ran);
            if (_given.Count == hosts.Count) End();
        });
        Receive<ReceiveTimeout>(_ => End());
        if (hosts.Count == 0) End();

        void End()
        {
            asker.Tell(new Answers([.. _given.OrderBy(g => g.Host, StringComparer.Ordinal)], [.. hosts.Select(h => h.Name).Except(_given.Select(g => g.Host))]));
            Context.Stop(Self);
        }
    }

    public static Props Props(ConsoleServices services, IReadOnlyList<HostEntry> hosts, ValueList<string> words, TimeSpan patience, IActorRef asker) =>
        Akka.Actor.Props.Create(() => new HostQuestion(services, hosts, words, patience, asker));
}
