using Akka.Actor;
using AkkaKube.Client.Reconciler;
using AkkaKube.Controllers.Deployments;
using AkkaKube.Controllers.Endpoints;
using AkkaKube.Controllers.GarbageCollection;
using AkkaKube.Controllers.Namespaces;
using AkkaKube.Controllers.Nodes;
using AkkaKube.Controllers.PodGc;
using AkkaKube.Controllers.ReplicaSets;
using AkkaKube.Controllers.ServiceAccounts;

namespace AkkaKube.Controllers;

/// <summary>Runs all controllers, each an actor of its own under its name. One that fails starts again and looks at everything anew.</summary>
public sealed class ControllerManager : UntypedActor
{
    /// <summary>All controllers. A new one is one more line.</summary>
    internal static readonly IReadOnlyList<ControllerSpec> All =
    [
        DeploymentController.Spec,
        ReplicaSetController.Spec,
        EndpointsController.Spec,
        EndpointSliceController.Spec,
        EndpointSliceMirroringController.Spec,
        NamespaceController.Spec,
        ServiceAccountController.Spec,
        RootCaPublisher.Spec,
        ServiceCaPublisher.Spec,
        GarbageCollectorController.Spec,
        PodGcController.Spec,
        NodeLifecycleController.Spec,
        TaintEvictionController.Spec,
        NodeIpamController.Spec,
        TtlController.Spec,
    ];

    private readonly IActorRef _apiServer;
    private readonly ControllerSettings _settings;

    /// <summary>A manager whose controllers speak to <paramref name="apiServer"/>.</summary>
    public ControllerManager(IActorRef apiServer, ControllerSettings settings) => (_apiServer, _settings) = (apiServer, settings);

    /// <summary>A manager as a child of the caller.</summary>
    public static Props Props(IActorRef apiServer, ControllerSettings settings) => Akka.Actor.Props.Create(() => new ControllerManager(apiServer, settings));

    /// <inheritdoc />
    protected override void PreStart()
    {
        foreach (var spec in All) Context.ActorOf(Controller.Props(spec, _apiServer, _settings), spec.Name);
    }

    /// <inheritdoc />
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);

    /// <inheritdoc />
    protected override void OnReceive(object message) => Unhandled(message);
}
