using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Faults;

namespace AkkaKube.Console.Palettes.Kube;

/// <summary>Cuts a host from another one or from the database.</summary>
internal sealed class Partition : FaultCommand
{
    public Partition(Invocation call)
        : base(call)
    {
        var hosts = call.Services.Hosts.All(Context.System);

        // The database has no console: a host cuts itself off.
        var (one, other) = call["A"] == Fault.Database ? (call["B"], call["A"]) : (call["A"], call["B"]);
        if (Named(hosts, one) is not { } a) return;
        if (other != Fault.Database && Named(hosts, other) is null) return;
        var b = other == Fault.Database ? other : hosts.First(h => h.IsCalled(other)).Name;
        if (b == a.Name) Fail($"{a.Name} cannot be cut from itself", FailureCode.Usage);
        else Apply([FaultPlan.Partition(call.Services.Hosts.Self, a.Name, b, call.Has("--one-way"))], call.Duration("--for"));
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new Partition(call));
}
