using Akka.Actor;
using Akka.TestKit.Xunit2;
using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Reconciler;
using AkkaKube.Client.Requests;
using AkkaKube.Controllers.Deployments;
using AkkaKube.Tests;

namespace AkkaKube.Controllers.Tests;

/// <summary>All controllers as actors, with an API server that refuses every fourth write and tells late what it carried out.</summary>
public sealed class ConvergenceTests : TestKit
{
    private static readonly UserInfo User = new("test", []);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public ConvergenceTests()
        : base(ReferenceConf.With("akka.loglevel = ERROR\nakkakube.seed = 1\nakkakube.controllers.backoff.max = 50ms"))
    {
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_deployment_comes_rolls_and_goes_with_never_a_pod_too_many(int seed)
    {
        var server = Sys.ActorOf(Props.Create(() => new FakeApiServer(seed, 0.25)), "apiserver");
        Sys.ActorOf(ControllerManager.Props(server, ControllerSettings.From(Sys.Settings.Config)), "controllers");

        Create(server, Some.Deployment(20, 5, 3));
        AwaitAssert(() => IsComplete(server, 1).ShouldBeTrue(), Patience);
        Look(server).MostPods.ShouldBeLessThanOrEqualTo(20);

        Update(server, d => d with { Spec = d.Spec with { Template = Some.Template("busybox:2") } });
        AwaitAssert(() => IsComplete(server, 2).ShouldBeTrue(), Patience);
        Look(server).MostPods.ShouldBeLessThanOrEqualTo(25);

        Write(server, () => new Delete(GroupVersionResource.Deployments, "w") { Namespace = "default", User = User, Options = new DeleteOptions { PropagationPolicy = "Foreground" } });
        AwaitAssert(() => Look(server).Items.ShouldBeEmpty(), Patience);
    }

    private bool IsComplete(IActorRef server, int revision)
    {
        var items = Look(server).Items;
        var deployment = items.OfType<Deployment>().Single();
        var pods = items.OfType<Pod>().ToList();
        var newest = items.OfType<ReplicaSet>().FirstOrDefault(s => Annotations.RevisionOf(s) == revision);
        return newest is not null && pods.Count == 20 && pods.TrueForAll(p => p.Metadata.OwnerReferences[0].Uid == newest.Metadata.Uid)
            && deployment.Status is { AvailableReplicas: 20, UpdatedReplicas: 20 } && deployment.Status.Conditions[^1].Reason == "NewReplicaSetAvailable";
    }

    private void Create(IActorRef server, Deployment deployment) =>
        Write(server, () => new Create(GroupVersionResource.Deployments, ObjectBody.Of(deployment)) { Namespace = "default", User = User });

    private void Update(IActorRef server, Func<Deployment, Deployment> change) => Write(server, () =>
    {
        var changed = change(Look(server).Items.OfType<Deployment>().Single());
        return new Update(GroupVersionResource.Deployments, "w", ObjectBody.Of(changed)) { Namespace = "default", User = User };
    });

    private static FakeApiServer.Seen Look(IActorRef server) => server.Ask<FakeApiServer.Seen>(new FakeApiServer.Look(), Patience).GetAwaiter().GetResult();

    /// <summary>Writes until it is not refused.</summary>
    private static void Write(IActorRef server, Func<WriteRequest> request)
    {
        while (server.Ask<ApiReply>(request(), Patience).GetAwaiter().GetResult() is Failed)
        {
        }
    }
}
