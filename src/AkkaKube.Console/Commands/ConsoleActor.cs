using System.Threading.Channels;
using Akka.Actor;
using Akka.Event;
using AkkaKube.Api;
using AkkaKube.Console.Chaos;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Faults;
using AkkaKube.Console.Palettes;
using AkkaKube.Console.Palettes.Log;
using AkkaKube.Console.Tracing;

namespace AkkaKube.Console.Commands;

/// <summary>
/// Runs commands, at /user/console of every host: each in a child of its own, so that one that fails, hangs or is left alone costs nobody
/// anything. Commands come from the management port (<see cref="Begin"/>) and from the consoles of other hosts (<see cref="Run"/>).
/// </summary>
public sealed class ConsoleActor : ReceiveActor, IWithTimers
{
    /// <summary>A command for this host from another console, word by word. Answer: <see cref="Ran"/>.</summary>
    /// <param name="Words">The command.</param>
    /// <param name="Here">It is not passed on to further hosts.</param>
    public sealed record Run(ValueList<string> Words, bool Here = false);

    /// <summary>What a command answered.</summary>
    /// <param name="Host">Where it ran.</param>
    /// <param name="Answer">The answer.</param>
    public sealed record Ran(string Host, Document Answer);

    /// <summary>A command whose answers go to a channel of this process, which is completed at the end.</summary>
    public sealed record Begin(long Id, IReadOnlyList<string> Words, ChannelWriter<Document> Output) : INoSerializationVerificationNeeded;

    /// <summary>Whoever began this command has gone.</summary>
    public sealed record Leave(long Id);

    /// <summary>From a running command: a part of its answer.</summary>
    internal sealed record Shown(Document Part);

    /// <summary>From a running command: its answer.</summary>
    internal sealed record Ended(Document Answer);

    private sealed record TooLate(IActorRef Command);

    private readonly Dictionary<IActorRef, Running> _running = [];
    private readonly ConsoleServices _services;

    /// <summary>A console with what the host gives it.</summary>
    public ConsoleActor(ConsoleServices services)
    {
        _services = services;
        Receive<Run>(run => Start(run.Words, run.Here, new Running(Sender, null, null)));
        Receive<Begin>(begin => Start(begin.Words, false, new Running(null, begin.Output, begin.Id)));
        Receive<Leave>(leave =>
        {
            foreach (var (command, _) in _running.Where(r => r.Value.Id == leave.Id).ToList()) Drop(command);
        });
        Receive<Shown>(shown => _running.ContainsKey(Sender), shown => Tell(Sender, _running[Sender], shown.Part));
        Receive<Shown>(_ => { });
        Receive<Ended>(ended => Answer(Sender, ended.Answer));
        Receive<Terminated>(gone => Answer(gone.ActorRef, new Document.Failure(FailureCode.Failed, "the command failed; the log says why ('log peek 20')")));
        Receive<TooLate>(late =>
        {
            Answer(late.Command, new Document.Failure(FailureCode.Timeout, $"no answer within {WordSyntax.Write(_services.Settings.CommandTimeout)}"));
            Context.Stop(late.Command);
        });
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to start it.</summary>
    public static Props Props(ConsoleServices services) => Akka.Actor.Props.Create(() => new ConsoleActor(services));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.ActorOf(LogRing.Props(_services.Settings.LogLines), LogRing.Name);
        Context.ActorOf(FaultKeeper.Props(_services.Faults, _services.FaultMemory), FaultKeeper.Name);
        Context.ActorOf(ChaosActor.Props(), ChaosActor.Name);
        if (OtlpExporter.Props(Context.System.Settings.Config, _services.Hosts.Self) is { } exporter) Context.ActorOf(exporter, OtlpExporter.Name);
    }

    // A command that fails is over; what serves all of them starts again.
    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(_ => _running.ContainsKey(Sender) ? Directive.Stop : Directive.Restart);

    private void Start(IReadOnlyList<string> words, bool here, Running running)
    {
        var (call, fault) = CommandParser.Parse(AllCommands.List, words, _services);
        if (fault is null && call!.Command.Streams && running.Output is null) fault = new Document.Failure(FailureCode.Usage, $"{call.Command.FullName} goes to the host that was asked only");
        if (fault is not null)
        {
            Tell(ActorRefs.Nobody, running, fault);
            running.Output?.TryComplete();
            return;
        }

        var command = Context.ActorOf(call!.Command.Handler(call with { Here = here }));
        _running[command] = running;
        Context.Watch(command);
        if (!call.Command.Streams) Timers.StartSingleTimer(command, new TooLate(command), _services.Settings.CommandTimeout);
    }

    private void Answer(IActorRef command, Document answer)
    {
        if (!_running.Remove(command, out var running)) return;
        Timers.Cancel(command);
        Context.Unwatch(command);
        Tell(command, running, answer);
        running.Output?.TryComplete();
    }

    private void Drop(IActorRef command)
    {
        _running.Remove(command);
        Timers.Cancel(command);
        Context.Unwatch(command);
        Context.Stop(command);
    }

    private void Tell(IActorRef command, Running running, Document document)
    {
        running.Asker?.Tell(new Ran(_services.Hosts.Self, document));
        if (running.Output is null || running.Output.TryWrite(document)) return;

        // The channel is bounded: whoever does not read what a stream says does not get the rest.
        running.Output.TryComplete(new InvalidOperationException("the stream was not read fast enough"));
        if (_running.ContainsKey(command)) Drop(command);
    }

    private sealed record Running(IActorRef? Asker, ChannelWriter<Document>? Output, long? Id);
}
