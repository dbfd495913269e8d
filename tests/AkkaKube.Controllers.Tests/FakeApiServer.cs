using System.Globalization;
using System.Text.Json.Nodes;
using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;
using Status = AkkaKube.Api.Meta.V1.Status;

namespace AkkaKube.Controllers.Tests;

/// <summary>An API server in memory that refuses some writes by chance and tells its watchers late; its pods run at once.</summary>
internal sealed class FakeApiServer : UntypedActor
{
    private readonly Random _random;
    private readonly double _refused;
    private readonly Dictionary<(GroupVersionResource, ObjectKey), IApiObject> _items = [];
    private readonly List<(Watch Watch, IActorRef Watcher, List<WatchEvent> Unsent)> _watches = [];
    private long _revision;
    private int _mostPods;

    public FakeApiServer(int seed, double refused) => (_random, _refused) = (new Random(seed), refused);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Watch watch:
                List<WatchEvent> all = [.. _items.Where(i => i.Key.Item1 == watch.Resource).Select(i => new WatchEvent(WatchEventType.Added, ApiObject.Of(i.Value)))];
                all.Add(new WatchEvent(WatchEventType.Bookmark, ApiObject.Of(new Pod { Metadata = new ObjectMeta { ResourceVersion = Text(_revision), Annotations = [new("k8s.io/initial-events-end", "true")] } })));
                Sender.Tell(new WatchEvents(watch.Tag, all));
                _watches.Add((watch, Sender, []));
                break;
            case Create { Object.Object: Event } e:
                Sender.Tell(new Succeeded(e.Tag, ApiObject.Of(e.Object.Object), []));
                break;
            case WriteRequest write when _random.NextDouble() < _refused:
                Sender.Tell(new Failed(write.Tag, new Status { Code = _random.Next(2) == 0 ? 409 : 500, Reason = StatusReason.Conflict }));
                break;
            case WriteRequest write:
                Sender.Tell(Answer(write));
                Self.Tell(Tick.Instance);
                break;
            case Tick:
                RunPods();
                foreach (var (watch, watcher, unsent) in _watches)
                {
                    // Some watchers hear of it now, some later.
                    if (unsent.Count == 0 || _random.Next(3) == 0) continue;
                    watcher.Tell(new WatchEvents(watch.Tag, [.. unsent]));
                    unsent.Clear();
                }

                if (_watches.Exists(w => w.Unsent.Count > 0)) Self.Tell(Tick.Instance);
                break;
            case Get get:
                Sender.Tell(_items.TryGetValue((get.Resource, new(get.Namespace, get.Name)), out var found) ? Done(get, found) : NotFound(get));
                break;
            case Look:
                Sender.Tell(new Seen([.. _items.Values], _mostPods));
                _mostPods = 0;
                break;
        }
    }

    private ApiReply Answer(WriteRequest request)
    {
        switch (request)
        {
            case Create create:
                var item = create.Object.Object!;
                var name = item.Metadata.Name is { Length: > 0 } given ? given : item.Metadata.GenerateName + Text(_revision);
                if (_items.ContainsKey((create.Resource, new(item.Metadata.Namespace, name)))) return new Failed(create.Tag, new Status { Code = 409, Reason = StatusReason.AlreadyExists });
                return Done(create, Put(create.Resource, item.WithMetadata(item.Metadata with { Name = name, Uid = "uid-" + Text(_revision), Generation = 1, CreationTimestamp = DateTimeOffset.UnixEpoch.AddSeconds(_revision) })));
            case Update update:
                var sent = update.Object.Object!;
                if (!_items.TryGetValue((update.Resource, ObjectKey.Of(sent)), out var current)) return NotFound(update);
                if (sent.Metadata.ResourceVersion is { } version && version != current.Metadata.ResourceVersion) return new Failed(update.Tag, new Status { Code = 409, Reason = StatusReason.Conflict });
                var generation = current.Metadata.Generation + (update.Subresource == Subresource.None ? 1 : 0);
                return Done(update, Put(update.Resource, sent.WithMetadata(sent.Metadata with { Generation = generation, Uid = current.Metadata.Uid })));
            case Patch patch:
                // Only finalizers are patched here: the garbage collector lets an object go.
                if (!_items.TryGetValue((patch.Resource, new(patch.Namespace, patch.Name)), out var patched)) return NotFound(patch);
                var finalizers = JsonNode.Parse(patch.Body.Span)!["metadata"]!["finalizers"]!.AsArray().Select(f => (string)f!).ToList();
                patched = patched.WithMetadata(patched.Metadata with { Finalizers = [.. finalizers] });
                return Done(patch, finalizers.Count == 0 ? Remove(patch.Resource, patched) : Put(patch.Resource, patched));
            case Delete delete:
                if (!_items.TryGetValue((delete.Resource, new(delete.Namespace, delete.Name)), out var gone)) return NotFound(delete);
                if (delete.Options.PreconditionUid is { } uid && uid != gone.Metadata.Uid) return new Failed(delete.Tag, new Status { Code = 409 });
                if (delete.Options.PropagationPolicy != "Foreground") return Done(delete, Remove(delete.Resource, gone));
                return Done(delete, Put(delete.Resource, gone.WithMetadata(gone.Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch, Finalizers = ["foregroundDeletion"] })));
            default:
                throw new NotSupportedException(request.ToString());
        }
    }

    private void RunPods()
    {
        foreach (var pod in _items.Values.OfType<Pod>().Where(p => p.Status.Phase is null).ToList())
            Put(GroupVersionResource.Pods, pod with { Status = new PodStatus { Phase = PodPhase.Running, Conditions = [new PodCondition { Type = "Ready", Status = "True" }] } });
    }

    private IApiObject Put(GroupVersionResource resource, IApiObject item)
    {
        var key = (resource, ObjectKey.Of(item));
        var type = _items.ContainsKey(key) ? WatchEventType.Modified : WatchEventType.Added;
        _items[key] = item = item.WithMetadata(item.Metadata with { ResourceVersion = Text(++_revision) });
        Tell(resource, type, item);
        _mostPods = Math.Max(_mostPods, _items.Values.Count(i => i is Pod));
        return item;
    }

    private IApiObject Remove(GroupVersionResource resource, IApiObject item)
    {
        _items.Remove((resource, ObjectKey.Of(item)));
        item = item.WithMetadata(item.Metadata with { ResourceVersion = Text(++_revision) });
        Tell(resource, WatchEventType.Deleted, item);
        return item;
    }

    private void Tell(GroupVersionResource resource, WatchEventType type, IApiObject item)
    {
        foreach (var (watch, _, unsent) in _watches)
            if (watch.Resource == resource) unsent.Add(new WatchEvent(type, ApiObject.Of(item)));
    }

    private static Succeeded Done(ApiRequest request, IApiObject item) => new(request.Tag, ApiObject.Of(item), []);

    private static Failed NotFound(ApiRequest request) => new(request.Tag, new Status { Code = 404, Reason = StatusReason.NotFound });

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Asks what there is, and how many pods there were at most since the last time.</summary>
    public sealed record Look;

    public sealed record Seen(IReadOnlyList<IApiObject> Items, int MostPods);

    private sealed record Tick
    {
        public static readonly Tick Instance = new();
    }
}
