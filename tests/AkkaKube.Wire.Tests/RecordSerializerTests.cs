using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Serialization;
using Akka.TestKit.Xunit2;
using AkkaKube.Tests;

namespace AkkaKube.Wire.Tests;

public sealed class RecordSerializerTests() : TestKit(
    ActorSystemSetup.Create(RecordSerializer.Setup(Table), BootstrapSetup.Create().WithConfig(ReferenceConf.With())))
{
    public sealed record Hello(IActorRef From, IActorRef? To, object? Tag);

    private sealed record Undeclared;

    private static readonly WireManifest Table = new("test") { ["hello"] = typeof(Hello) };

    private object Again(object message)
    {
        var serializer = Sys.Serialization.FindSerializerFor(message);
        return Sys.Serialization.Deserialize(Sys.Serialization.Serialize(message), serializer.Identifier, Serialization.ManifestFor(serializer, message));
    }

    [Fact]
    public void A_declared_message_is_bound_and_has_its_declared_name()
    {
        var serializer = Sys.Serialization.FindSerializerFor(new Hello(TestActor, null, 1)).ShouldBeOfType<RecordSerializer>();
        serializer.Manifest(new Hello(TestActor, null, 1)).ShouldBe("test.hello");
    }

    [Fact]
    public void References_find_their_actors_again()
    {
        var again = Again(new Hello(TestActor, ActorRefs.Nobody, 7L)).ShouldBeOfType<Hello>();
        again.From.ShouldBe(TestActor);
        again.To.ShouldBe(ActorRefs.Nobody);
        again.Tag.ShouldBe(7L);
        Again(new Hello(TestActor, null, null)).ShouldBeOfType<Hello>().To.ShouldBeNull();
    }

    [Fact]
    public void A_message_that_is_in_no_table_is_refused_with_what_to_do() =>
        Should.Throw<WireException>(() => new RecordSerializer((ExtendedActorSystem)Sys, new WireNames(Table)).ToBinary(new Undeclared())).Message.ShouldContain("declared in no WireManifest");

    [Fact]
    public void A_name_that_is_not_known_here_is_said() =>
        Should.Throw<WireException>(() => new RecordSerializer((ExtendedActorSystem)Sys, new WireNames(Table)).FromBinary([], "test.tomorrow")).Message.ShouldContain("test.tomorrow");
}
