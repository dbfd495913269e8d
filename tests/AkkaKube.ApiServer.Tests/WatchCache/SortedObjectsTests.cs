using AkkaKube.Api;
using AkkaKube.ApiServer.WatchCache;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.ApiServer.Tests.WatchCache;

public sealed class SortedObjectsTests
{
    private static ApiObject One(string path, long revision) => new("{}"u8.ToArray(), StoragePath.KeyOf(path), revision);

    [Fact]
    public void Ranges_are_those_of_a_sorted_dictionary_whatever_came_and_went()
    {
        var steps = Gen.Zip(Gen.Elements("set", "remove", "range"), Gen.Elements("a/a", "a/b", "a-b/a", "b/a", "b/b", "b/c", "c/a")).ListOf();
        Prop.ForAll(steps.ToArbitrary(), script =>
        {
            var objects = new SortedObjects();
            var model = new SortedDictionary<string, long>(StringComparer.Ordinal);
            var revision = 1L;
            foreach (var (verb, path) in script)
            {
                switch (verb)
                {
                    case "set":
                        objects.Set(path, One(path, ++revision))?.ResourceVersion.ShouldBe(model[path]);
                        model[path] = revision;
                        break;
                    case "remove":
                        objects.Remove(path)?.ResourceVersion.ShouldBe(model[path]);
                        model.Remove(path);
                        break;
                    default:
                        var prefix = path[..(path.IndexOf('/') + 1)];
                        objects.Range(prefix).ToArray().Select(one => one.ResourceVersion).ShouldBe(model.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(pair => pair.Value));
                        objects.Range(prefix, path + "\0").ToArray().Select(one => one.ResourceVersion).ShouldBe(model.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(pair.Key, path) > 0).Select(pair => pair.Value));
                        break;
                }
                objects.Count.ShouldBe(model.Count);
            }
            objects.Range("").ToArray().Select(one => one.ResourceVersion).ShouldBe(model.Values);
        }).QuickCheckThrowOnFailure();
    }
}
