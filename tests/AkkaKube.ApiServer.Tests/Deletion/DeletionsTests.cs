using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.ApiServer.Deletion;
using DeleteOptions = AkkaKube.Client.Requests.DeleteOptions;

namespace AkkaKube.ApiServer.Tests.Deletion;

public sealed class DeletionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static Pod Pod(string? node = null, long? grace = 30, params string[] finalizers) => new()
    {
        Metadata = new ObjectMeta { Name = "p", Namespace = "n", Generation = 1, Finalizers = finalizers.ToValueList() },
        Spec = new PodSpec { NodeName = node, TerminationGracePeriodSeconds = grace },
    };

    [Fact]
    public void A_pod_on_no_node_goes_at_once()
    {
        var last = Deletions.Decide(Pod(), DeleteOptions.None, Now).ShouldBeOfType<DeletionStep.Remove>().LastState.Metadata;
        last.DeletionTimestamp.ShouldBe(Now);
        last.DeletionGracePeriodSeconds.ShouldBe(0);
        last.Generation.ShouldBe(2);
    }

    [Fact]
    public void A_pod_on_a_node_has_its_grace_period()
    {
        var marked = Deletions.Decide(Pod("node"), DeleteOptions.None, Now).ShouldBeOfType<DeletionStep.Mark>().Marked.Metadata;
        marked.DeletionTimestamp.ShouldBe(Now.AddSeconds(30));
        marked.DeletionGracePeriodSeconds.ShouldBe(30);
        Deletions.Decide(Pod("node"), new DeleteOptions { GracePeriodSeconds = 0 }, Now).ShouldBeOfType<DeletionStep.Remove>();
        Deletions.Decide(Pod("node") with { Status = new PodStatus { Phase = "Succeeded" } }, DeleteOptions.None, Now).ShouldBeOfType<DeletionStep.Remove>();
    }

    [Fact]
    public void A_second_delete_can_only_shorten_the_grace_period()
    {
        var ending = ((DeletionStep.Mark)Deletions.Decide(Pod("node"), DeleteOptions.None, Now)).Marked;
        Deletions.Decide(ending, DeleteOptions.None, Now.AddSeconds(1)).ShouldBeOfType<DeletionStep.AlreadyEnding>();
        Deletions.Decide(ending, new DeleteOptions { GracePeriodSeconds = 60 }, Now.AddSeconds(1)).ShouldBeOfType<DeletionStep.AlreadyEnding>();
        Deletions.Decide(ending, new DeleteOptions { GracePeriodSeconds = 5 }, Now.AddSeconds(1)).ShouldBeOfType<DeletionStep.Mark>().Marked.Metadata.DeletionTimestamp.ShouldBe(Now.AddSeconds(5));
        Deletions.Decide(ending, new DeleteOptions { GracePeriodSeconds = 0 }, Now.AddSeconds(1)).ShouldBeOfType<DeletionStep.Remove>();
    }

    [Fact]
    public void An_object_with_finalizers_stays_until_they_are_gone()
    {
        var marked = Deletions.Decide(Pod(null, 30, "example.com/x"), DeleteOptions.None, Now).ShouldBeOfType<DeletionStep.Mark>().Marked;
        marked.Metadata.DeletionTimestamp.ShouldBe(Now);
        Deletions.IsOver(marked).ShouldBeFalse();
        Deletions.IsOver(marked.WithMetadata(marked.Metadata with { Finalizers = [] })).ShouldBeTrue();
        Deletions.IsOver(Pod()).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Foreground", "foregroundDeletion")]
    [InlineData("Orphan", "orphan")]
    public void A_propagation_policy_leaves_work_to_the_garbage_collector(string policy, string finalizer)
    {
        var map = new ConfigMap { Metadata = new ObjectMeta { Name = "c", Namespace = "n" } };
        var marked = Deletions.Decide(map, new DeleteOptions { PropagationPolicy = policy }, Now).ShouldBeOfType<DeletionStep.Mark>().Marked.Metadata;
        marked.Finalizers.ShouldBe([finalizer]);
        marked.DeletionTimestamp.ShouldBe(Now);
        Deletions.Decide(map, new DeleteOptions { PropagationPolicy = "Background" }, Now).ShouldBeOfType<DeletionStep.Remove>();
    }

    [Fact]
    public void A_namespace_ends_before_it_goes()
    {
        var active = new Namespace { Metadata = new ObjectMeta { Name = "n" }, Spec = new NamespaceSpec { Finalizers = ["kubernetes"] } };
        var ending = (Namespace)Deletions.Decide(active, DeleteOptions.None, Now).ShouldBeOfType<DeletionStep.Mark>().Marked;
        ending.Status.Phase.ShouldBe("Terminating");
        ending.Metadata.DeletionTimestamp.ShouldBe(Now);
        Deletions.Decide(ending, DeleteOptions.None, Now).ShouldBeOfType<DeletionStep.AlreadyEnding>();
        Deletions.IsOver(ending).ShouldBeFalse();
        Deletions.IsOver(ending with { Spec = new NamespaceSpec() }).ShouldBeTrue();
    }
}
