using System.Security.Cryptography;
using System.Text;
using Akka.Actor;

namespace AkkaKube.Client;

/// <summary>The one source of chance of an actor system: hands out generators by name, all of them derived from <c>akkakube.seed</c>.</summary>
/// <remarks>A generator follows from the seed and its name alone, so one component's draws do not shift another's.</remarks>
public sealed class ClusterRandom : IExtension
{
    private readonly int _seed;

    internal ClusterRandom(int seed) => _seed = seed;

    /// <summary>The source that belongs to <paramref name="system"/>.</summary>
    public static ClusterRandom Of(ActorSystem system) => system.WithExtension<ClusterRandom, ClusterRandomProvider>();

    /// <summary>A generator of its own for <paramref name="name"/>; the same name gives the same sequence again.</summary>
    public Random Create(string name)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{_seed}/{name}"));
        return new Random(BitConverter.ToInt32(digest));
    }
}

/// <summary>Makes the <see cref="ClusterRandom"/> of an actor system from its settings.</summary>
public sealed class ClusterRandomProvider : ExtensionIdProvider<ClusterRandom>
{
    /// <inheritdoc />
    public override ClusterRandom CreateExtension(ExtendedActorSystem system)
    {
        var seed = system.Settings.Config.GetString("akkakube.seed", "random");
        return new ClusterRandom(int.TryParse(seed, out var number) ? number : RandomNumberGenerator.GetInt32(int.MaxValue));
    }
}
