using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Hosts;

namespace AkkaKube.Console.Palettes.Kube;

/// <summary>A command that is done on one host or on several: here, and there by the consoles of the others.</summary>
internal abstract class ForwardingCommand : CommandActor
{
    protected ForwardingCommand(Invocation call)
        : base(call) => Receive<HostQuestion.Answers>(OnAnswers);

    /// <summary>Does it on this host.</summary>
    protected abstract void DoHere();

    /// <summary>Makes one answer of those of the hosts that were asked.</summary>
    protected virtual void OnAnswers(HostQuestion.Answers answers) => End(Merge(answers));

    /// <summary>The first that did it; else why none did.</summary>
    protected static Document Merge(HostQuestion.Answers answers)
    {
        var done = answers.Given.Where(a => a.Answer is not Document.Failure).ToList();
        var silent = answers.Silent.Count == 0 ? "" : $" (no answer from {string.Join(", ", answers.Silent)})";
        if (done.Count == 1) return done[0].Answer;
        if (done.Count > 1) return new Document.Done(string.Join("\n", done.Select(d => d.Answer is Document.Done { Message: var m } ? m : d.Host)));
        var failures = answers.Given.Select(a => (Document.Failure)a.Answer).ToList();
        var telling = failures.FirstOrDefault(f => f.Code != FailureCode.NotFound) ?? failures.FirstOrDefault();
        return telling is null ? new Document.Failure(FailureCode.Timeout, "no host answered" + silent) : telling with { Message = telling.Message + silent };
    }

    /// <summary>Does it on the host with this name or address.</summary>
    protected void DoAt(string host)
    {
        var hosts = Call.Services.Hosts.All(Context.System);
        if (hosts.FirstOrDefault(h => h.IsCalled(host)) is not { } there) Fail($"there is no host {host}; there are {string.Join(", ", hosts.Select(h => h.Name))}", FailureCode.NotFound);
        else if (there.IsSelf || Call.Here) DoHere();
        else Ask([there]);
    }

    /// <summary>Does it on all hosts, on this one too.</summary>
    protected void DoEverywhere()
    {
        var hosts = Call.Services.Hosts.All(Context.System);

        // A host that is out of the cluster knows no member, and is broken perhaps just because of that.
        if (Call.Here || !hosts.Any(h => h.IsSelf)) DoHere();
        else Ask(hosts);
    }

    private void Ask(IReadOnlyList<HostEntry> hosts) => Context.ActorOf(HostQuestion.Props(Call.Services, hosts, [.. Call.Words], Patience, Self));
}
