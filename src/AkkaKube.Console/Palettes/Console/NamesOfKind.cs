using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Client.Requests;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Faults;
using AkkaKube.Console.Hosts;

namespace AkkaKube.Console.Palettes.Console;

/// <summary>The names that a word of some kind can be now.</summary>
internal sealed class NamesOfKind : ApiQuestion
{
    public static readonly ValueList<string> Columns = ["NAME"];

    public NamesOfKind(Invocation call)
        : base(call)
    {
        Receive<Listed>(listed => EndWith(listed.Items.Select(i => i.Key.Name)));
        Receive<HostQuestion.Answers>(answers => EndWith(answers.Given.Select(a => a.Answer).OfType<Document.Table>().SelectMany(t => t.Rows).Select(r => r[0].Text ?? "")));
        var hosts = call.Services.Hosts.All(Context.System);
        switch (Enum.TryParse<ArgumentKind>(call["KIND"], ignoreCase: true, out var kind) ? kind : ArgumentKind.Word)
        {
            case ArgumentKind.Node:
                Ask(new List(GroupVersionResource.Nodes) { User = User, ResourceVersion = "0" });
                break;
            case ArgumentKind.Host:
            case ArgumentKind.Member:
                EndWith(hosts.Select(h => h.Name));
                break;
            case ArgumentKind.Peer:
                EndWith([.. hosts.Select(h => h.Name), Fault.Database]);
                break;
            case ArgumentKind.Controller:
                AskHosts(hosts, "controller");
                break;
            case ArgumentKind.Shard:
                AskHosts(hosts, "etcd");
                break;
            case ArgumentKind.EntityType:
                EndWith(call.Services.Hosts.EntityTypes(Context.System));
                break;
            default:
                EndWith([]);
                break;
        }
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new NamesOfKind(call));

    private void AskHosts(IReadOnlyList<HostEntry> hosts, string part) =>
        Context.ActorOf(HostQuestion.Props(Call.Services, hosts, ["console", "names-here", part], Patience, Self));

    private void EndWith(IEnumerable<string> names) =>
        End(new Document.Table(Columns, [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(n => (ValueList<Cell>)[n])]));
}
