using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Requests;
using AkkaKube.Client.Tracing;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Hosts;

namespace AkkaKube.Console.Tracing;

/// <summary>Tells how an object came about: finds its owners, gathers from all hosts what they know of them, and puts it in order.</summary>
internal sealed class TraceCommand : ApiQuestion
{
    private readonly List<string> _objects = [];
    private readonly List<ToldSpan> _spans = [];

    public TraceCommand(Invocation call)
        : base(call)
    {
        WordSyntax.TryObject(call["KIND/NAME"], out var ns, out var kind, out var name);
        if (!FlowLog.Of(Context.System).IsOn)
        {
            Fail("no flows are followed: akkakube.tracing.ring is 0");
            return;
        }

        if (TypeOf(kind) is not { } type)
        {
            Fail($"there is no kind {kind}; such as pod, replicaset, deployment, service, node", FailureCode.Usage);
            return;
        }

        Receive<Succeeded>(found => OnObject(found.Object.Object));
        Receive<HostQuestion.Answers>(OnAnswers);
        Look(type, type.Namespaced ? ns : null, name);
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new TraceCommand(call));

    // It may be gone, and what is remembered of it is not.
    protected override void OnRefused(Failed refused) => Gather();

    private static ResourceType? TypeOf(string kind) => Resources.BuiltIn.All.FirstOrDefault(t =>
        t.Kind.Equals(kind, StringComparison.OrdinalIgnoreCase) || t.Resource.Resource.Equals(kind, StringComparison.OrdinalIgnoreCase) || t.Resource.GroupResource.ToString() == kind || t.ShortNames.Contains(kind));

    private void Look(ResourceType type, string? ns, string name)
    {
        _objects.Add(ToldSpan.Name(type.Resource, new ObjectKey(ns, name)));
        Ask(new Get(type.Resource, name) { User = User, Namespace = ns, ResourceVersion = "0" });
    }

    private void OnObject(IApiObject item)
    {
        if (_objects.Count < SpansHere.MostObjects
            && item.Metadata.ControllerRef() is { } owner
            && Resources.BuiltIn.OfKind(GroupVersionKind.Of(owner.ApiVersion, owner.Kind)) is { } type)
            Look(type, type.Namespaced ? item.Metadata.Namespace : null, owner.Name);
        else
            Gather();
    }

    private void Gather() => Context.ActorOf(HostQuestion.Props(Call.Services, Call.Services.Hosts.All(Context.System), ["console", "spans", .. _objects], Patience, Self));

    private void OnAnswers(HostQuestion.Answers answers)
    {
        foreach (var (host, answer) in answers.Given)
            if (answer is Document.Table table) _spans.AddRange(table.Rows.Select(r => ToldSpan.Of(host, r)));
        var story = FlowStory.Of(_objects[0], _spans);
        if (story.Rows.IsEmpty) Fail($"no host remembers a message about {_objects[0]}", FailureCode.NotFound);
        else End(story);
    }
}
