using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Requests;

namespace AkkaKube.Host.Composition;

/// <summary>
/// Sees when the cluster can be used: so many nodes are ready, and the default namespace has its service account. Tells
/// <see cref="Waiting"/> on the way there and <see cref="Ready"/> at the end, then stops.
/// </summary>
internal sealed class ReadyWatcher : ReceiveActor
{
    private static readonly UserInfo User = new("system:akkakube-host", ["system:masters"]);
    private readonly InformerSet _informers;
    private readonly Informer<Node> _nodes;
    private readonly Informer<ServiceAccount> _accounts;
    private readonly IActorRef _listener;
    private readonly int _wanted;
    private Waiting? _told;

    public ReadyWatcher(IActorRef apiServer, int nodes, IActorRef listener)
    {
        (_wanted, _listener) = (nodes, listener);
        _informers = new InformerSet(Context, apiServer, User, ClusterRandom.Of(Context.System).Create("host/ready"));
        _nodes = _informers.Follow<Node>(GroupVersionResource.Nodes);
        _accounts = _informers.Follow<ServiceAccount>(new Watch(GroupVersionResource.ServiceAccounts) { User = User, Namespace = "default" });
        ReceiveAny(message =>
        {
            if (!_informers.Handle(message)) Unhandled(message);
            Look();
        });
    }

    public static Props Props(IActorRef apiServer, int nodes, IActorRef listener) => Akka.Actor.Props.Create(() => new ReadyWatcher(apiServer, nodes, listener));

    private void Look()
    {
        var ready = _nodes.Store.All.Count(node => node.Status.Conditions.Any(c => c is { Type: "Ready", Status: "True" }));
        var now = new Waiting(ready, _wanted);
        if (ready >= _wanted && _accounts.Store.Find("default", "default") is not null)
        {
            _listener.Tell(new Ready(ready));
            Context.Stop(Self);
        }
        else if (now != _told)
        {
            _told = now;
            _listener.Tell(now);
        }
    }

    /// <summary>How far it is.</summary>
    public sealed record Waiting(int ReadyNodes, int WantedNodes);

    /// <summary>The cluster can be used.</summary>
    public sealed record Ready(int Nodes);
}
