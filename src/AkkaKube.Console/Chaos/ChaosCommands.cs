using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Chaos;

/// <summary>The commands that start, stop and report chaos: one question to <see cref="ChaosActor"/> each.</summary>
internal sealed class ChaosCommands : CommandActor
{
    public ChaosCommands(Invocation call, Func<IReadOnlyList<string>, object> question)
        : base(call)
    {
        Receive<ChaosActor.Started>(started => End(new Document.Done(
            $"chaos has begun over {Count(started.There.Hosts, "host")}, {Count(started.There.Nodes, "node")}, {Count(started.There.Controllers, "controller")}, {Count(started.There.Shards, "etcd shard")}")));
        Receive<ChaosActor.Stopped>(stopped => End(new Document.Done($"chaos has ended after {stopped.Faults} fault{(stopped.Faults == 1 ? "" : "s")}; everything is healed")));
        Receive<ChaosActor.Refused>(refused => Fail(refused.Why));
        Receive<ChaosActor.Report>(report => End(report.Done with { Rows = [.. report.Done.Rows, [null, report.State, null, null, null]] }));
        Context.ActorSelection($"../{ChaosActor.Name}").Tell(question([.. call.Services.Hosts.All(Context.System).Select(h => h.Name)]));
    }

    public static Props Start(Invocation call) => Props(call, hosts => new ChaosActor.Start(call.Number("--seed")!.Value, call.Number("--rate")!.Value, call.Duration("--for"), [.. hosts]));

    public static Props Stop(Invocation call) => Props(call, _ => new ChaosActor.Stop());

    public static Props Report(Invocation call) => Props(call, _ => new ChaosActor.GetReport());

    private static Props Props(Invocation call, Func<IReadOnlyList<string>, object> question) => Akka.Actor.Props.Create(() => new ChaosCommands(call, question));

    private static string Count(ValueList<string> names, string what) => $"{names.Count} {what}{(names.Count == 1 ? "" : "s")}";
}
