using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Serialization;

namespace Akka.Cluster.Tests.Membership;

public sealed class ClusterMessageSerializerTests : IDisposable
{
    private static readonly Address Address = new("akka.ssl.tcp", "akkakube", "10.0.0.1", 7100);
    private readonly ActorSystem _system = ActorSystem.Create("wire", "akka.loggers = [], akka.stdout-loglevel = OFF");
    private readonly ClusterMessageSerializer _serializer;

    public ClusterMessageSerializerTests() => _serializer = new ClusterMessageSerializer((ExtendedActorSystem)_system);

    public void Dispose() => _system.Dispose();

    public static TheoryData<string> Messages => [.. All.Keys];

    private static Dictionary<string, object> All => new()
    {
        ["heartbeat"] = new HeartbeatActor.Heartbeat(new UniqueAddress(Address, int.MaxValue), -5),
        ["response"] = new HeartbeatActor.HeartbeatResponse(int.MinValue, 7),
        ["changed"] = MembershipActor.TableChanged.Instance,
        ["down"] = new MembershipActor.DeclaredDown(12, Address),
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_message_comes_back_as_it_was_and_passes_over_what_a_later_version_adds(string name)
    {
        var message = All[name];
        var (manifest, bytes) = (_serializer.Manifest(message), _serializer.ToBinary(message));
        manifest.ShouldNotContain("Akka");
        _serializer.FromBinary(bytes, manifest).ShouldBe(message);
        _serializer.FromBinary([.. bytes, 1, 2, 3], manifest).ShouldBe(message);
    }

    [Fact]
    public void Every_message_between_hosts_is_covered() =>
        typeof(Cluster).Assembly.GetTypes().Where(static t => t.IsClass && typeof(IClusterMessage).IsAssignableFrom(t))
            .ShouldBe(All.Values.Select(static m => m.GetType()), ignoreOrder: true);

    [Fact]
    public void What_it_does_not_know_is_an_error()
    {
        Should.Throw<SerializationException>(() => _serializer.FromBinary([], "ZZ"));
        Should.Throw<ArgumentException>(() => _serializer.ToBinary("text"));
        Should.Throw<SerializationException>(() => _serializer.FromBinary([1], "HB"));
    }
}
