using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Informers;
using static AkkaKube.Client.Tests.Objects;

namespace AkkaKube.Client.Tests.Informers;

public sealed class StoreTests
{
    [Fact]
    public void An_index_follows_an_object_that_moves()
    {
        var store = new Store<Pod>(Pod("a", node: "n1"), Pod("b"));
        var byNode = store.IndexBy(p => p.Spec.NodeName);
        store.Put(Pod("a", 2, node: "n2"));
        store.Put(Pod("b", 3, node: "n2"));
        byNode["n1"].ShouldBeEmpty();
        byNode["n2"].Select(p => p.Metadata.Name).ShouldBe(["a", "b"], ignoreOrder: true);
    }

    [Fact]
    public void An_index_lets_go_of_an_object_that_is_removed()
    {
        var store = new Store<Pod>(Pod("a", node: "n1"));
        var byNode = store.IndexBy(p => p.Spec.NodeName);
        store.Remove(new("default", "a"));
        byNode.Values.ShouldBeEmpty();
        store.Count.ShouldBe(0);
    }

    [Fact]
    public void Objects_are_found_by_their_controller_and_orphans_by_having_none()
    {
        var store = new Store<Pod>(Pod("a", owner: "u1"), Pod("b", owner: "u2"), Pod("c"));
        store.ControlledBy("u1").ShouldHaveSingleItem().Metadata.Name.ShouldBe("a");
        store.Orphans("default").ShouldHaveSingleItem().Metadata.Name.ShouldBe("c");
    }

    [Fact]
    public void Objects_are_found_by_their_namespace()
    {
        var store = new Store<Pod>(Pod("a"));
        store.InNamespace("default").Count.ShouldBe(1);
        store.InNamespace("other").ShouldBeEmpty();
    }
}
