using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Requests;

namespace AkkaKube.Kubelet.Configuration;

/// <summary>
/// ConfigMaps and Secrets for all kubelets of a process: followed once, so that a thousand pods that mount the same one cost a
/// dictionary access each. A pod that asked hears of changes until it stops.
/// </summary>
internal sealed class ConfigurationCache : UntypedActor
{
    /// <summary>Asks for <see cref="Found"/>, now and after each change of one of the objects, until the sender stops.</summary>
    public sealed record Follow(References References);

    /// <summary>The objects as they are now; those that do not exist are absent.</summary>
    public sealed record Found(ReferencedObjects Objects);

    private readonly InformerSet _informers;
    private readonly Informer<ConfigMap> _configMaps;
    private readonly Informer<Secret> _secrets;
    private readonly Dictionary<IActorRef, References> _followers = [];
    private readonly Dictionary<(char Kind, ObjectKey Key), HashSet<IActorRef>> _byObject = [];
    private readonly List<IActorRef> _early = [];

    private ConfigurationCache(IActorRef apiServer)
    {
        _informers = new InformerSet(Context, apiServer, new UserInfo("system:nodes", ["system:nodes", "system:authenticated"]), ClusterRandom.Of(Context.System).Create("kubelet-configuration"));
        _configMaps = _informers.Follow<ConfigMap>(GroupVersionResource.ConfigMaps, c => Changed('c', c.Object.Metadata.Namespace, c.Object.Metadata.Name));
        _secrets = _informers.Follow<Secret>(GroupVersionResource.Secrets, c => Changed('s', c.Object.Metadata.Namespace, c.Object.Metadata.Name));
    }

    public static Props Props(IActorRef apiServer) => Akka.Actor.Props.Create(() => new ConfigurationCache(apiServer));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Follow follow:
                if (_followers.TryAdd(Sender, follow.References))
                {
                    Context.Watch(Sender);
                    foreach (var key in Keys(follow.References)) (_byObject.TryGetValue(key, out var set) ? set : _byObject[key] = []).Add(Sender);
                }
                if (_informers.HasSynced) Answer(Sender);
                else _early.Add(Sender);
                break;
            case Terminated gone when _followers.Remove(gone.ActorRef, out var references):
                foreach (var key in Keys(references))
                    if (_byObject.TryGetValue(key, out var set) && set.Remove(gone.ActorRef) && set.Count == 0) _byObject.Remove(key);
                break;
            default:
                if (!_informers.Handle(message)) Unhandled(message);
                break;
        }
        if (_early.Count == 0 || !_informers.HasSynced) return;
        foreach (var follower in _early) Answer(follower);
        _early.Clear();
    }

    private static IEnumerable<(char, ObjectKey)> Keys(References references) =>
        references.ConfigMaps.Select(n => ('c', new ObjectKey(references.Namespace, n))).Concat(references.Secrets.Select(n => ('s', new ObjectKey(references.Namespace, n))));

    private void Changed(char kind, string? space, string? name)
    {
        if (!_informers.HasSynced || !_byObject.TryGetValue((kind, new ObjectKey(space, name ?? "")), out var followers)) return;
        foreach (var follower in followers) Answer(follower);
    }

    private void Answer(IActorRef follower)
    {
        if (!_followers.TryGetValue(follower, out var references)) return;
        Dictionary<ObjectKey, ConfigMap> maps = [];
        Dictionary<ObjectKey, Secret> secrets = [];
        foreach (var name in references.ConfigMaps)
            if (_configMaps.Store.Find(references.Namespace, name) is { } map) maps[new ObjectKey(references.Namespace, name)] = map;
        foreach (var name in references.Secrets)
            if (_secrets.Store.Find(references.Namespace, name) is { } secret) secrets[new ObjectKey(references.Namespace, name)] = secret;
        follower.Tell(new Found(new ReferencedObjects(maps, secrets)));
    }
}
