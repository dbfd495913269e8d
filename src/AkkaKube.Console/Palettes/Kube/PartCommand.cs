using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Hosts;

namespace AkkaKube.Console.Palettes.Kube;

/// <summary>A command about a part of the control plane: goes to whichever host has the part.</summary>
internal abstract class PartCommand : LocatingCommand
{
    private readonly ClusterPart _part;
    private readonly string _argument;

    protected PartCommand(Invocation call, ClusterPart part)
        : base(call, call.Services.Parts.PathOf(part.Name, ArgumentOf(call, part)))
    {
        (_part, _argument) = (part, ArgumentOf(call, part));
        Receive<HostQuestion.Answers>(answers => End(Answer(answers)));
    }

    /// <summary>E.g. <c>the controller replicaset-controller on h2</c>.</summary>
    protected string What => $"{_part.Name}{(_argument.Length > 0 && !_part.IsOnEveryHost ? " " + _argument : "")} on {Call.Services.Hosts.Self}";

    protected abstract void Do(ActorRefWithCell actor);

    protected sealed override void OnFound(IReadOnlyList<ActorRefWithCell> actors)
    {
        if (IsElsewhere) AskOthers();
        else Do(actors[0]);
    }

    protected sealed override void OnNothing()
    {
        if (Call.Here || !Call.Services.Hosts.IsCluster) Fail(Missing, FailureCode.NotFound);
        else AskOthers();
    }

    private string Missing => $"there is no {_part.Name}{(_argument.Length > 0 ? " " + _argument : "")} on {Call.Services.Hosts.Self}";

    private bool IsElsewhere => _part.IsOnEveryHost && _argument.Length > 0 && !Call.Here && !ThisHost.IsCalled(_argument);

    private HostEntry ThisHost => Call.Services.Hosts.All(Context.System).FirstOrDefault(h => h.IsSelf) ?? new HostEntry(Call.Services.Hosts.Self, Address.AllSystems, "", []);

    private static string ArgumentOf(Invocation call, ClusterPart part) => part.Argument is { } argument ? call.Find(argument.Name) ?? "" : "";

    private void AskOthers()
    {
        var others = Call.Services.Hosts.All(Context.System).Where(h => !h.IsSelf && (!IsElsewhere || h.IsCalled(_argument))).ToList();
        if (others.Count == 0) Fail(_part.IsOnEveryHost ? $"there is no host {_argument}" : Missing, FailureCode.NotFound);
        else Context.ActorOf(HostQuestion.Props(Call.Services, others, [.. Call.Words], Patience, Self));
    }

    private Document Answer(HostQuestion.Answers answers)
    {
        if (answers.Given.FirstOrDefault(a => a.Answer is not Document.Failure { Code: FailureCode.NotFound }) is { } found) return found.Answer;
        var silent = answers.Silent.Count == 0 ? "" : $"; no answer from {string.Join(", ", answers.Silent)}";
        return new Document.Failure(FailureCode.NotFound, $"there is no {_part.Name}{(_argument.Length > 0 ? " " + _argument : "")} on any host{silent}");
    }
}
