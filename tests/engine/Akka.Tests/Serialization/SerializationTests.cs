using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Serialization;
using Akka.TestKit.Xunit2;

namespace Akka.Tests.Serialization;

public class SerializationTests : TestKit.Xunit2.TestKit
{
    private const string Bindings = """
        akka.actor {
          serializers.words = "Akka.Tests.Serialization.WordSerializer, Akka.Tests"
          serialization-bindings { "Akka.Tests.Serialization.IWord, Akka.Tests" = words }
          serialization-identifiers { "Akka.Tests.Serialization.WordSerializer, Akka.Tests" = 4711 }
        }
        """;

    public SerializationTests() : base(ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(Bindings)))) { }

    private object RoundTrip(object message)
    {
        var serializer = Sys.Serialization.FindSerializerFor(message);
        var manifest = Akka.Serialization.Serialization.ManifestFor(serializer, message);
        return Sys.Serialization.Deserialize(Sys.Serialization.Serialize(message), serializer.Identifier, manifest);
    }

    public static TheoryData<object> Primitives() =>
    [
        "", "text with ü and 漢", 0, -1, int.MinValue, long.MaxValue, long.MinValue, (short)-7, true, false, 1.5, -0.25f, 12.50m, 'x', (byte)255,
        uint.MaxValue, ulong.MaxValue, Guid.Parse("6a1b0c1e-8a1c-4a1c-9a1c-1a2b3c4d5e6f"), new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromMinutes(-90)), TimeSpan.FromTicks(-12345),
    ];

    [Theory]
    [MemberData(nameof(Primitives))]
    public void A_primitive_comes_back_as_it_was(object value) => RoundTrip(value).ShouldBe(value);

    [Fact]
    public void Bytes_come_back_as_they_were() => RoundTrip(new byte[] { 1, 2, 3 }).ShouldBe(new byte[] { 1, 2, 3 });

    [Fact]
    public void A_reference_comes_back_as_the_same_actor()
    {
        RoundTrip(TestActor).ShouldBe(TestActor);
        RoundTrip(new ActorIdentity(7, TestActor)).ShouldBeOfType<ActorIdentity>().Subject.ShouldBe(TestActor);
        RoundTrip(new ActorIdentity("none", null)).ShouldBeOfType<ActorIdentity>().Subject.ShouldBeNull();
    }

    [Fact]
    public void The_messages_of_the_engine_come_back()
    {
        RoundTrip(PoisonPill.Instance).ShouldBe(PoisonPill.Instance);
        RoundTrip(Kill.Instance).ShouldBe(Kill.Instance);
        RoundTrip(Done.Instance).ShouldBe(Done.Instance);
        RoundTrip(new Identify("who")).ShouldBeOfType<Identify>().MessageId.ShouldBe("who");
        RoundTrip(new Status.Success("yes")).ShouldBeOfType<Status.Success>().Status.ShouldBe("yes");
        RoundTrip(new Status.Success(null)).ShouldBeOfType<Status.Success>().Status.ShouldBeNull();
        RoundTrip(Address.Parse("akka.tcp://a@b:1")).ShouldBe(Address.Parse("akka.tcp://a@b:1"));
        var selection = RoundTrip(new ActorSelectionMessage("hello", [new SelectChildName("user"), SelectParent(), new SelectChildPattern("x*")], true)).ShouldBeOfType<ActorSelectionMessage>();
        selection.Message.ShouldBe("hello");
        selection.WildCardFanOut.ShouldBeTrue();
        selection.Elements.Select(static e => e.ToString()).ShouldBe(["user", "..", "x*"]);
    }

    private static SelectionPathElement SelectParent() => new SelectParent();

    [Fact]
    public void A_failure_keeps_its_kind_and_its_text()
    {
        var timeout = RoundTrip(new Status.Failure(new AskTimeoutException("too late"))).ShouldBeOfType<Status.Failure>();
        timeout.Cause.ShouldBeOfType<AskTimeoutException>().Message.ShouldBe("too late");
        var nested = RoundTrip(new Status.Failure(new InvalidOperationException("outer", new ArgumentException("inner")), "state")).ShouldBeOfType<Status.Failure>();
        nested.Cause.ShouldBeOfType<InvalidOperationException>().InnerException.ShouldBeOfType<ArgumentException>().Message.ShouldBe("inner");
        nested.State.ShouldBe("state");
        RoundTrip(new Status.Failure(new OddException("odd"))).ShouldBeOfType<Status.Failure>().Cause.Message.ShouldBe("OddException: odd");
    }

    private sealed class OddException(string message) : Exception(message);

    [Fact]
    public void A_message_goes_by_the_binding_of_its_interface()
    {
        RoundTrip(new Word("hello")).ShouldBe(new Word("hello"));
        Sys.Serialization.FindSerializerFor(new Word("x")).Identifier.ShouldBe(4711);
    }

    private sealed record NotBound(int Number);

    [Fact]
    public void What_is_not_bound_cannot_be_written_and_the_error_names_the_type_and_the_setting()
    {
        var error = Should.Throw<SerializationException>(() => Sys.Serialization.Serialize(new NotBound(1)));
        error.Message.ShouldContain("NotBound");
        error.Message.ShouldContain("akka.actor.serialization-bindings");
    }

    [Fact]
    public void A_number_that_nobody_has_is_an_error_that_names_it() =>
        Should.Throw<SerializationException>(() => Sys.Serialization.Deserialize([], 99, "m")).Message.ShouldContain("99");

    [Fact]
    public void Bytes_that_end_too_early_are_an_error() =>
        Should.Throw<SerializationException>(() => Sys.Serialization.Deserialize([1, 2], 17, "D"));

    [Fact]
    public void A_binding_to_a_serializer_without_a_name_is_refused_at_the_first_use()
    {
        using var system = ActorSystem.Create("bad", "akka.actor.serialization-bindings { \"System.Version\" = nobody }");
        Should.Throw<ConfigurationException>(() => system.Serialization).Message.ShouldContain("nobody");
    }

    [Fact]
    public void A_setup_brings_serializers_as_objects()
    {
        var setup = SerializationSetup.Create(system => [SerializerDetails.Create("words", new WordSerializer(system, 12), [typeof(Word)])]);
        using var system = ActorSystem.Create("setup", ActorSystemSetup.Create(setup));
        system.Serialization.FindSerializerForType(typeof(Word)).Identifier.ShouldBe(12);
    }

    [Fact]
    public void A_reference_is_written_with_the_address_by_which_the_receiver_knows_the_system()
    {
        var text = Akka.Serialization.Serialization.WithTransport(Sys, Address.Parse("akka.tcp://other@host:7"), () => Akka.Serialization.Serialization.SerializedActorPath(TestActor));
        text.ShouldBe($"akka.tcp://other@host:7{TestActor.Path.ToStringWithoutAddress()}#{TestActor.Path.Uid}");
    }

    [Fact]
    public void A_path_resolves_to_its_actor_and_an_unknown_one_to_the_dead_letters()
    {
        var provider = ((ExtendedActorSystem)Sys).Provider;
        provider.ResolveActorRef(TestActor.Path.ToSerializationFormat()).ShouldBe(TestActor);
        provider.ResolveActorRef(TestActor.Path).ShouldBe(TestActor);
        provider.ResolveActorRef(Sys.DeadLetters.Path).ShouldBe(Sys.DeadLetters);
        provider.ResolveActorRef(TestActor.Path.WithUid(123456)).ShouldNotBe(TestActor);
        provider.ResolveActorRef($"akka://{Sys.Name}/user/nobody").Path.ToStringWithoutAddress().ShouldBe("/user/nobody");
    }
}

/// <summary>What the words have in common.</summary>
public interface IWord;

/// <summary>A message with a serializer of its own.</summary>
public sealed record Word(string Text) : IWord;

/// <summary>Writes words.</summary>
public sealed class WordSerializer : SerializerWithStringManifest
{
    private readonly int? _identifier;

    /// <summary>As the settings make it.</summary>
    public WordSerializer(ExtendedActorSystem system) : base(system) { }

    /// <summary>With a number of its own.</summary>
    public WordSerializer(ExtendedActorSystem system, int identifier) : base(system) => _identifier = identifier;

    /// <inheritdoc />
    public override int Identifier => _identifier ?? base.Identifier;

    /// <inheritdoc />
    public override string Manifest(object o) => "word";

    /// <inheritdoc />
    public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(((Word)obj).Text);

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, string manifest) => new Word(Encoding.UTF8.GetString(bytes));
}
