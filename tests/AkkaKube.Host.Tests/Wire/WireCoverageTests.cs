using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Serialization;
using Akka.TestKit.Xunit2;
using AkkaKube.Api;
using AkkaKube.Client.Requests;
using AkkaKube.Etcd;
using AkkaKube.Host.Composition;
using AkkaKube.Tests;

namespace AkkaKube.Host.Tests.Wire;

/// <summary>Everything that a component says to another can be said to another host.</summary>
public sealed class WireCoverageTests() : TestKit(ActorSystemSetup.Create(HostWire.Setup(), BootstrapSetup.Create().WithConfig(ReferenceConf.With())))
{
    private static readonly IReadOnlyList<Type> Declared = [.. HostWire.Manifests.SelectMany(manifest => manifest).Select(pair => pair.Value).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    public static TheoryData<string> DeclaredNames => [.. Declared.Select(type => type.FullName!)];

    [Fact]
    public void Every_message_is_declared_or_says_why_it_stays_on_its_host()
    {
        var known = HostWire.Manifests.SelectMany(manifest => manifest.StaysHere.Keys).Concat(Declared).ToHashSet();
        Messages.All.Where(type => !known.Contains(type)).Select(type => type.FullName).ShouldBeEmpty("add a line for each to the WireManifest of its component");
        Messages.All.Count.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void What_stays_says_why_and_is_not_declared_as_well()
    {
        foreach (var (type, why) in HostWire.Manifests.SelectMany(manifest => manifest.StaysHere))
        {
            why.ShouldNotBeNullOrWhiteSpace();
            Declared.ShouldNotContain(type);
        }
    }

    [Theory]
    [MemberData(nameof(DeclaredNames))]
    public void A_message_comes_back_as_it_was(string name)
    {
        var type = Declared.Single(one => one.FullName == name);
        var samples = new Samples(new Random(7), [TestActor, ActorRefs.Nobody, Sys.DeadLetters], Declared);
        for (var i = 0; i < 40; i++)
        {
            var message = samples.Record(type);
            var serializer = Sys.Serialization.FindSerializerFor(message);
            var bytes = Sys.Serialization.Serialize(message);
            var again = Sys.Serialization.Deserialize(bytes, serializer.Identifier, Serialization.ManifestFor(serializer, message));
            Samples.Difference(message, again, type.Name).ShouldBeNull();
        }
    }

    public static TheoryData<object, string, string> Golden => new()
    {
        { new EtcdShard.Put("test/a", "{}"u8.ToArray(), 7) { StampAt = 1, Tag = 5L, For = 3, Draft = "stays" }, "etcd.put", "5248d66806746573742f6162cb3f8a027b7d609ab1be0e9806bb4c02a5a11ac4016c000a80d9f07b06" },
        { new EtcdShard.Changes([new Change("test/a", "{}"u8.ToArray(), 8, false) { IsCreate = true, View = "stays" }]), "etcd.changes", "44c1b10101035248d66806746573742f6162cb3f8a027b7df05140ed10687ff54e0107" },
        { new EtcdShard.Unavailable("t", "moved") { Refused = true, Incarnation = 4 }, "etcd.unavailable", "da098a09056d6f766564386cad8a01a5a11ac40173020174d884656d08" },
        { new Get(GroupVersionResource.Services, "web") { User = new UserInfo("me", ["all"]), Namespace = "test", Subresource = Subresource.Status }, "api.get", "3298037f03776562321d12bf06537461747573a3c0861daaa96eee027631a2c0861d08736572766963657307321272a90474657374abf031053298037f026d65542cfaab010203616c6c07" },
        { new LogChunk(1, "line"u8.ToArray(), true), "api.log-chunk", "2a9562bd046c696e6560b29b7c01a5a11ac401690002" },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void What_hosts_of_today_write_hosts_of_tomorrow_read(object message, string name, string hex)
    {
        var serializer = Sys.Serialization.FindSerializerFor(message);
        Serialization.ManifestFor(serializer, message).ShouldBe(name);
        Convert.ToHexStringLower(serializer.ToBinary(message)).ShouldBe(hex);
    }

    [Fact]
    public void No_name_of_a_type_goes_over_the_wire()
    {
        foreach (var (name, type) in HostWire.Manifests.SelectMany(manifest => manifest))
        {
            name.ShouldMatch("^[a-z-]+\\.[a-z0-9-]+$");
            name.ShouldNotContain("AkkaKube");
            type.ShouldNotBeNull();
        }
    }
}
