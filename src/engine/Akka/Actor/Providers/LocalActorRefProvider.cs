using System.Collections.Concurrent;
using Akka.Event;
using Akka.Serialization;

namespace Akka.Actor;

/// <summary>Finds the references of this process; what lies elsewhere is nobody.</summary>
internal class LocalActorRefProvider(ActorSystemImpl system) : IActorRefProvider
{
    private readonly ConcurrentDictionary<string, IInternalActorRef> _temporary = new(StringComparer.Ordinal);
    private Information? _information;

    public ActorSystemImpl SystemImpl => system;
    public ActorPath RootPath => system.RootPath;
    public Settings Settings => system.Settings;
    public IActorRef DeadLetters => system.DeadLetters;
    public IActorRef IgnoreRef => system.IgnoreRef;
    public virtual Address DefaultAddress => system.RootPath.Address;
    public Information SerializationInformation => _information ??= new Information(DefaultAddress, system);
    public Task TerminationTask => system.WhenTerminated;

    /// <summary>Whether references of this system can be used elsewhere: then what waits for an answer must be found by its name.</summary>
    public virtual bool IsReachable => false;

    /// <summary>Called before the first actor starts.</summary>
    public virtual void Prepare() { }

    /// <summary>Called when the guardians and loggers run; after it the system can be reached.</summary>
    public virtual void Open() { }

    /// <summary>Called when all actors are gone.</summary>
    public virtual void Close() { }

    public virtual bool HasAddress(Address address) => address.Equals(RootPath.Address);

    public virtual Address? GetExternalAddressFor(Address address) => HasAddress(address) ? RootPath.Address : null;

    public IActorRef ResolveActorRef(string path)
    {
        if (ActorPath.TryParse(path, out var full)) return ResolveActorRef(full!);
        if (path.StartsWith('/')) return ResolveLocal(path);
        system.Log.Debug("Resolve of unparsable actor path [{0}]", path);
        return system.DeadLetters;
    }

    public IActorRef ResolveActorRef(ActorPath actorPath) =>
        HasAddress(actorPath.Address) ? ResolveLocal("/" + string.Join('/', actorPath.ElementsWithUid)) : ResolveForeign(actorPath);

    public IActorRef RootGuardianAt(Address address) => RootOf(new RootActorPath(address));

    public ActorPath TempPath() => system.NextTempPath();

    /// <summary>The root that a selection of a path begins at.</summary>
    public IInternalActorRef RootOf(ActorPath path) => HasAddress(path.Address) ? system.LookupRootRef : ResolveForeign(path.Root);

    protected virtual IInternalActorRef ResolveForeign(ActorPath path) => new EmptyLocalActorRef(system, path);

    /// <summary>The actor at a path without address: <c>/user/a/b#uid</c>.</summary>
    public IInternalActorRef ResolveLocal(string path)
    {
        var at = system.LookupRootRef;
        foreach (var range in path.AsSpan().Split('/'))
        {
            if (range.Start.Equals(range.End)) continue;
            at = at.GetChild(path[range]);
            if (at is Nobody) return new EmptyLocalActorRef(system, Below(path));
        }

        return at;
    }

    private ActorPath Below(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(system.RootPath, static (parent, name) => parent.Child(name));

    public IInternalActorRef Temporary(string name) => _temporary.TryGetValue(name, out var found) ? found : Nobody.Instance;

    public void Register(IInternalActorRef temporary)
    {
        if (IsReachable) _temporary[temporary.Path.Name] = temporary;
    }

    public void Unregister(IInternalActorRef temporary)
    {
        if (IsReachable) _temporary.TryRemove(temporary.Path.Name, out _);
    }
}
