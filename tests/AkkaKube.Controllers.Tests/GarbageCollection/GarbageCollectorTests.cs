using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Reconciler;
using AkkaKube.Client.Requests;
using AkkaKube.Controllers.GarbageCollection;

namespace AkkaKube.Controllers.Tests.GarbageCollection;

public sealed class GarbageCollectorTests
{
    private static readonly UserInfo User = new("gc", []);
    private readonly OwnerGraph _graph = new();
    private readonly GarbageCollector _collector;
    private readonly Dictionary<string, IApiObject> _objects = [];

    public GarbageCollectorTests() =>
        _collector = new GarbageCollector(_graph, owner => owner.Kind == "Unknown" ? null : (GroupVersionResource.ConfigMaps, true));

    [Fact]
    public void An_object_whose_owner_is_there_stays()
    {
        Put(Map("owner"));
        Put(Map("child", "owner"));
        Reconcile("child").ShouldBeEmpty();
    }

    [Fact]
    public void An_object_whose_owner_was_seen_to_go_is_deleted_in_the_background()
    {
        Put(Map("owner"));
        Put(Map("child", "owner"));
        Remove("owner").ShouldBe(["uid-child"]);
        var delete = Request(Reconcile("child").ShouldHaveSingleItem()).ShouldBeOfType<Delete>();
        (delete.Name, delete.Options.PropagationPolicy, delete.Options.PreconditionUid).ShouldBe(("child", "Background", "uid-child"));
    }

    [Fact]
    public void An_owner_that_was_never_seen_is_looked_for_before_it_counts_as_gone()
    {
        Put(Map("child", "ghost"));
        var batch = Reconcile("child").ShouldHaveSingleItem().ShouldBeOfType<Batch>();
        var look = batch.Writes.ShouldHaveSingleItem().ShouldBeOfType<ApiWrite>();
        Request(look).ShouldBeOfType<Get>().Name.ShouldBe("ghost");
        var failed = new Failed(null, new Status { Code = 404 });
        look.Otherwise!(failed).ShouldBeEmpty();
        Request(batch.Then([failed]).ShouldHaveSingleItem()).ShouldBeOfType<Delete>();
    }

    [Fact]
    public void An_owner_that_the_look_finds_keeps_the_object()
    {
        Put(Map("child", "late"));
        var batch = (Batch)Reconcile("child").Single();
        ((ApiWrite)batch.Writes.Single()).Then!(new Succeeded(null, ApiObject.Of(Map("late")), [])).ShouldBeEmpty();
        batch.Then([]).ShouldBeEmpty();
    }

    [Fact]
    public void Another_object_of_the_owners_name_does_not_keep_it()
    {
        Put(Map("child", "owner"));
        var batch = (Batch)Reconcile("child").Single();
        var other = Map("owner");
        ((ApiWrite)batch.Writes.Single()).Then!(new Succeeded(null, ApiObject.Of(other with { Metadata = other.Metadata with { Uid = "another" } }), [])).ShouldBeEmpty();
        Request(batch.Then([]).ShouldHaveSingleItem()).ShouldBeOfType<Delete>();
    }

    [Fact]
    public void One_owner_is_enough_and_the_reference_to_the_other_is_removed()
    {
        Put(Map("a"));
        Put(Map("b"));
        Put(Map("child", "a", "b"));
        Remove("a");
        var patch = Request(Reconcile("child").ShouldHaveSingleItem()).ShouldBeOfType<Patch>();
        Text(patch).ShouldBe("""{"metadata":{"uid":"uid-child","ownerReferences":[{"$patch":"delete","uid":"uid-a"}]}}""");
    }

    [Fact]
    public void An_owner_in_foreground_deletion_has_its_dependents_deleted_and_goes_when_they_are_gone()
    {
        Put(Map("owner"));
        Put(Map("child", "owner"));
        Put(Deleted("owner", "foregroundDeletion")).ShouldBe(["uid-owner", "uid-child"], ignoreOrder: true);
        Reconcile("owner").ShouldBeEmpty();
        Request(Reconcile("child").ShouldHaveSingleItem()).ShouldBeOfType<Delete>();
        Remove("child").ShouldContain("uid-owner");
        Text(Request(Reconcile("owner").ShouldHaveSingleItem()).ShouldBeOfType<Patch>()).ShouldBe("""{"metadata":{"uid":"uid-owner","resourceVersion":"1","finalizers":["keep"]}}""");
    }

    [Fact]
    public void A_dependent_with_dependents_of_its_own_is_deleted_in_the_foreground_too()
    {
        Put(Map("owner"));
        Put(Map("child", "owner"));
        Put(Map("grandchild", "child"));
        Put(Deleted("owner", "foregroundDeletion"));
        ((Delete)Request(Reconcile("child").Single())).Options.PropagationPolicy.ShouldBe("Foreground");
    }

    [Fact]
    public void An_owner_that_orphans_has_the_references_to_it_removed_first()
    {
        Put(Map("owner"));
        Put(Map("child", "owner"));
        Put(Deleted("owner", "orphan"));
        var batch = Reconcile("owner").ShouldHaveSingleItem().ShouldBeOfType<Batch>();
        Text((Patch)Request(batch.Writes.ShouldHaveSingleItem())).ShouldContain("\"$patch\":\"delete\",\"uid\":\"uid-owner\"");
        Text((Patch)Request(batch.Then([]).ShouldHaveSingleItem())).ShouldContain("\"finalizers\":[\"keep\"]");
    }

    [Fact]
    public void A_change_that_touches_no_owner_has_nobody_looked_at()
    {
        Put(Map("owner"));
        Put(Map("child", "owner"));
        Put(Map("child", "owner") with { Data = [new("k", "v")] }).ShouldBeEmpty();
    }

    private static ConfigMap Map(string name, params string[] owners) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = name,
            Namespace = "default",
            Uid = "uid-" + name,
            ResourceVersion = "1",
            OwnerReferences = [.. owners.Select(o => new OwnerReference { ApiVersion = "v1", Kind = "ConfigMap", Name = o, Uid = "uid-" + o, BlockOwnerDeletion = true })],
        },
    };

    private static ConfigMap Deleted(string name, string finalizer)
    {
        var map = Map(name);
        return map with { Metadata = map.Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch, Finalizers = [finalizer, "keep"] } };
    }

    private static string Text(Patch patch) => System.Text.Encoding.UTF8.GetString(patch.Body.Span);

    private static ApiRequest Request(Write write) => ((ApiWrite)write).ToSend(User);

    private List<Write> Reconcile(string name) => [.. _collector.Reconcile(new ObjectKey(null, "uid-" + name), DateTimeOffset.UnixEpoch)];

    private IEnumerable<string> Put(IApiObject item)
    {
        var old = _objects.GetValueOrDefault(item.Metadata.Name);
        _objects[item.Metadata.Name] = item;
        return _graph.Apply(GroupVersionResource.ConfigMaps, new Change<IApiObject>(old is null ? ChangeType.Added : ChangeType.Modified, old, item)).Select(k => k.Name);
    }

    private IEnumerable<string> Remove(string name)
    {
        _objects.Remove(name, out var old);
        return _graph.Apply(GroupVersionResource.ConfigMaps, new Change<IApiObject>(ChangeType.Deleted, old, null)).Select(k => k.Name);
    }
}
