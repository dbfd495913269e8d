using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Client.Requests;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Kube;

/// <summary>Switches the machine of a node off or on. The Node object stays: what becomes of it is the controllers' to find out.</summary>
internal sealed class SwitchNode : ApiQuestion
{
    public SwitchNode(Invocation call, bool on)
        : base(call)
    {
        var node = call["NODE"];
        Receive<Succeeded>(_ =>
        {
            var machines = call.Services.Nodes!;
            machines.Machines.Tell((on ? machines.On : machines.Off)(node));
            End(new Document.Done(on ? $"{node} is switched on" : $"{node} is switched off"));
        });
        if (call.Services.Nodes is null) Fail("this host runs no nodes");
        else Ask(new Get(GroupVersionResource.Nodes, node) { User = User });
    }

    public static Props Off(Invocation call) => Akka.Actor.Props.Create(() => new SwitchNode(call, false));

    public static Props On(Invocation call) => Akka.Actor.Props.Create(() => new SwitchNode(call, true));
}
