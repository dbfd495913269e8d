using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.ApiServer.WatchCache;
using AkkaKube.Etcd;

namespace AkkaKube.ApiServer.Tests.WatchCache;

public class EventHistoryTests
{
    private readonly EventHistory _history = new(100, 1_000_000);

    [Fact]
    public void What_the_shard_remembers_is_known_again_with_what_was_before()
    {
        _history.Load(1, [Change(2, "a", create: true), Change(3, "b", create: true), Change(4, "a"), Change(5, "b", delete: true), Change(6, "b", create: true)]);
        _history.Start.ShouldBe(1);
        _history.After(2)!.Select(e => (e.Revision, e.Path, e.Previous?.ResourceVersion, e.IsDelete))
            .ShouldBe([(3, "b", null, false), (4, "a", 2, false), (5, "b", 3, true), (6, "b", null, false)]);
    }

    [Fact]
    public void It_starts_after_the_last_change_of_an_object_that_the_shard_has_forgotten()
    {
        _history.Load(10, [Change(11, "a", create: true), Change(12, "old"), Change(13, "a"), Change(14, "old")]);
        _history.Start.ShouldBe(12);
        _history.After(11).ShouldBeNull();
        _history.After(12)!.Select(e => (e.Revision, e.Previous?.ResourceVersion)).ShouldBe([(13, 11), (14, 12)]);
    }

    private static Change Change(long revision, string key, bool create = false, bool delete = false)
    {
        var view = ApiObject.Of(new ConfigMap { Metadata = new ObjectMeta { Name = key, ResourceVersion = revision.ToString(System.Globalization.CultureInfo.InvariantCulture) } });
        return new Change(key, view.Json, revision, delete) { IsCreate = create, View = view };
    }
}
