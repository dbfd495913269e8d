using System.Reflection;
using Akka.Actor;
using AkkaKube.Client.Requests;
using AkkaKube.Fabric;
using AkkaKube.Host.Composition;

namespace AkkaKube.Host.Tests.Wire;

/// <summary>Finds what components say to one another: the public records of public actors, the requests and replies of the API, the segments of connections.</summary>
internal static class Messages
{
    /// <summary>Every assembly of the product.</summary>
    public static IReadOnlyList<Assembly> Product { get; } = Load(typeof(HostWire).Assembly, []).Values.ToList();

    public static IReadOnlyList<Type> All { get; } = [.. Product.SelectMany(assembly => assembly.GetExportedTypes()).Where(IsMessage).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    private static bool IsMessage(Type type) =>
        !type.IsAbstract && IsRecord(type)
        && (type.DeclaringType is { } actor && actor.IsAssignableTo(typeof(ActorBase))
            || type.IsAssignableTo(typeof(ApiRequest)) || type.IsAssignableTo(typeof(ApiReply)) || type == typeof(StopWatch)
            || type.IsAssignableTo(typeof(Connection.Segment)));

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static Dictionary<string, Assembly> Load(Assembly assembly, Dictionary<string, Assembly> found)
    {
        if (!found.TryAdd(assembly.FullName!, assembly)) return found;
        foreach (var name in assembly.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("AkkaKube.", StringComparison.Ordinal))) Load(Assembly.Load(name), found);
        return found;
    }
}
