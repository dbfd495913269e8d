using System.Reflection;
using Akka.Configuration;

namespace Akka.Actor;

/// <summary>Makes the provider that <c>akka.actor.provider</c> names: local, remote, cluster, or a type.</summary>
internal static class Providers
{
    public static LocalActorRefProvider Create(ActorSystemImpl system)
    {
        var name = system.Settings.Config.GetString("akka.actor.provider") ?? "local";
        var typeName = name switch
        {
            "local" or "Akka.Actor.LocalActorRefProvider" or "Akka.Actor.LocalActorRefProvider, Akka" => null,
            "remote" => "Akka.Remote.RemoteActorRefProvider, Akka.Remote",
            "cluster" => "Akka.Cluster.ClusterActorRefProvider, Akka.Cluster",
            _ => name,
        };
        if (typeName is null) return new LocalActorRefProvider(system);
        var type = Type.GetType(typeName) ?? throw new ConfigurationException($"'{name}', named in akka.actor.provider, is not an existing type; is a reference to its assembly missing?");
        const BindingFlags any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DoNotWrapExceptions;
        return (LocalActorRefProvider)Activator.CreateInstance(type, any, null, [system], null)!;
    }
}
