using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Hosts;

namespace AkkaKube.Console.Palettes.Cluster;

/// <summary>Asks for a change of who is in the cluster. The answer says that it was asked for; <c>cluster show</c> says what became of it.</summary>
internal sealed class MembershipChange : CommandActor
{
    public MembershipChange(Invocation call, Func<IHosts, ActorSystem, Document> change)
        : base(call) => End(call.Services.Hosts.IsCluster ? change(call.Services.Hosts, Context.System) : new Document.Failure(FailureCode.Failed, SingleHost.Alone));

    public static Props Join(Invocation call) => Props(call, (hosts, system) =>
    {
        Address address;
        try
        {
            address = Address.Parse(call["ADDRESS"]);
        }
        catch (Exception fault) when (fault is UriFormatException or FormatException or ArgumentException)
        {
            return new Document.Failure(FailureCode.Usage, $"'{call["ADDRESS"]}' is no address such as akka.ssl.tcp://akkakube@10.0.0.1:7100");
        }

        hosts.Join(system, address);
        return new Document.Done($"{hosts.Self} was told to join {address}");
    });

    public static Props Leave(Invocation call) => OfMember(call, (hosts, system, member) =>
    {
        hosts.Leave(system, member);
        return $"{member.Name} was told to leave";
    });

    public static Props Down(Invocation call) => OfMember(call, (hosts, system, member) =>
    {
        hosts.Down(system, member);
        return $"{member.Name} is declared dead";
    });

    public static Props DownUnreachable(Invocation call) => Props(call, (hosts, system) =>
    {
        var gone = hosts.All(system).Where(h => !h.IsReachable).ToList();
        foreach (var member in gone) hosts.Down(system, member);
        return new Document.Done(gone.Count == 0 ? "all members are reachable" : $"declared dead: {string.Join(", ", gone.Select(m => m.Name))}");
    });

    private static Props OfMember(Invocation call, Func<IHosts, ActorSystem, HostEntry, string> change) => Props(call, (hosts, system) =>
    {
        var all = hosts.All(system);
        return all.FirstOrDefault(h => h.IsCalled(call["MEMBER"])) is { } member
            ? new Document.Done(change(hosts, system, member))
            : new Document.Failure(FailureCode.NotFound, $"there is no member {call["MEMBER"]}; there are {string.Join(", ", all.Select(h => h.Name))}");
    });

    private static Props Props(Invocation call, Func<IHosts, ActorSystem, Document> change) => Akka.Actor.Props.Create(() => new MembershipChange(call, change));
}
