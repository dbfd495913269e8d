using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Faults;
using AkkaKube.Console.Hosts;

namespace AkkaKube.Console.Palettes.Kube;

/// <summary>A command that breaks links: it has the hosts at their ends do it, and says what they did.</summary>
internal abstract class FaultCommand : CommandActor
{
    private readonly List<string> _done = [];
    private readonly List<string> _refused = [];
    private int _awaited;

    protected FaultCommand(Invocation call)
        : base(call) => Receive<HostQuestion.Answers>(On);

    protected void Apply(IReadOnlyList<FaultPlan.Step> steps, TimeSpan? time)
    {
        var hosts = Call.Services.Hosts.All(Context.System);
        foreach (var step in steps)
        {
            if (Named(hosts, step.Host) is not { } host) return;
            _awaited++;
            Context.ActorOf(HostQuestion.Props(Call.Services, [host], ApplyFault.Words(step.Fault, time), Patience, Self));
        }

        if (_awaited == 0) Fail("there is no link to break: this is the only host");
    }

    /// <summary>The host with this name; null ends the command.</summary>
    protected HostEntry? Named(IReadOnlyList<HostEntry> hosts, string name)
    {
        var host = hosts.FirstOrDefault(h => h.IsCalled(name));
        if (host is null) Fail($"there is no host {name}; there are {string.Join(", ", hosts.Select(h => h.Name))}, and '{Fault.Database}'", FailureCode.NotFound);
        return host;
    }

    private void On(HostQuestion.Answers answers)
    {
        _done.AddRange(answers.Given.Select(a => a.Answer).OfType<Document.Done>().Select(d => d.Message));
        _refused.AddRange(answers.Given.Where(a => a.Answer is Document.Failure).Select(a => $"{a.Host}: {((Document.Failure)a.Answer).Message}"));
        _refused.AddRange(answers.Silent.Select(h => $"{h} did not answer"));
        if (--_awaited > 0) return;
        if (_refused.Count == 0) End(new Document.Done(string.Join('\n', _done.Order(StringComparer.Ordinal))));
        else Fail(string.Join("; ", _refused) + (_done.Count > 0 ? $" (done: {string.Join("; ", _done)})" : ""));
    }
}
