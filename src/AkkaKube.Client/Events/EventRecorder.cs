using System.Globalization;
using System.Text.Json;
using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Reconciler;
using AkkaKube.Client.Requests;

namespace AkkaKube.Client.Events;

/// <summary>Records events about objects for one component, as <c>kubectl describe</c> shows them.</summary>
/// <remarks>Recording is best effort: nobody waits for it, and a refused event is dropped.</remarks>
public sealed class EventRecorder
{
    private const int MaxHomeless = 1000;
    private readonly EventSource _source;
    private readonly UserInfo _user;
    private readonly string _fieldManager;
    private readonly EventCorrelator _correlator;
    private readonly Queue<Event> _homeless = new();

    /// <summary>A recorder for a component, on a host where the component is one of many.</summary>
    public EventRecorder(string component, UserInfo user, string? host = null, string fieldManager = "kube-controller-manager", int remembered = EventCorrelator.Remembered)
    {
        (_source, _user, _fieldManager) = (new EventSource { Component = component, Host = host }, user, fieldManager);
        _correlator = new EventCorrelator(remembered);
    }

    /// <summary>Records what a reconciler asked for.</summary>
    public void Record(RecordEvent e, DateTimeOffset now, IActorRef apiServer, IActorRef self) =>
        Record(ReferenceTo(e.Regarding), e.Type, e.Reason, e.Message, now, apiServer, self);

    /// <summary>Records an event about an object, or a part of it by the reference's field path.</summary>
    public void Record(ObjectReference regarding, string type, string reason, string message, DateTimeOffset now, IActorRef apiServer, IActorRef self)
    {
        var e = new Event
        {
            Metadata = new ObjectMeta { Name = _correlator.NewName(regarding.Name ?? "", now), Namespace = regarding.Namespace ?? "default" },
            InvolvedObject = regarding,
            Reason = reason,
            Message = message,
            Source = _source,
            FirstTimestamp = now,
            LastTimestamp = now,
            Count = 1,
            Type = type,
            ReportingComponent = _source.Component ?? "",
            ReportingInstance = _source.Host ?? "",
        };
        if (_correlator.Correlate(e, now) is { } correlated) Send(correlated, apiServer, self);
    }

    /// <summary>Takes the answers to what it sent; false leaves the message to the actor.</summary>
    public bool Handle(object message, IActorRef apiServer, IActorRef self)
    {
        if (message is not ApiReply { Tag: Sent sent } reply || sent.Recorder != this) return false;

        if (reply is not Failed { Status.Code: 404 }) return true;

        // Counted up an event that is gone by now: it starts anew. A new one finds no namespace while the cluster is being set up.
        if (sent.IsCount) Create(sent.Event, apiServer, self);
        else if (_homeless.Count < MaxHomeless) _homeless.Enqueue(sent.Event);
        return true;
    }

    /// <summary>Sends once more the events whose namespace was not there. For a component that speaks before the cluster is set up.</summary>
    public void Resend(IActorRef apiServer, IActorRef self)
    {
        for (var i = _homeless.Count; i > 0; i--) Create(_homeless.Dequeue(), apiServer, self);
    }

    /// <summary>The reference by which an event names an object.</summary>
    public static ObjectReference ReferenceTo(IApiObject item) => new()
    {
        Kind = item.Kind,
        Namespace = item.Metadata.Namespace,
        Name = item.Metadata.Name,
        Uid = item.Metadata.Uid,
        ApiVersion = item.ApiVersion,
        ResourceVersion = item.Metadata.ResourceVersion,
    };

    private void Send(Event e, IActorRef apiServer, IActorRef self)
    {
        if (e.Count == 1)
        {
            Create(e, apiServer, self);
            return;
        }

        apiServer.Tell(
            new Patch(GroupVersionResource.Events, e.Metadata.Name ?? "", PatchType.StrategicMerge, Count(e))
            {
                Namespace = e.Metadata.Namespace,
                User = _user,
                FieldManager = _fieldManager,
                Tag = new Sent(this, e, true),
            },
            self);
    }

    private void Create(Event e, IActorRef apiServer, IActorRef self) => apiServer.Tell(
        new Create(GroupVersionResource.Events, ObjectBody.Of(e)) { Namespace = e.Metadata.Namespace, User = _user, FieldManager = _fieldManager, Tag = new Sent(this, e with { Count = 1 }, false) },
        self);

    private static ReadOnlyMemory<byte> Count(Event e)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("count", e.Count);
            writer.WriteString("lastTimestamp", e.LastTimestamp?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            writer.WriteString("message", e.Message);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private sealed record Sent(EventRecorder Recorder, Event Event, bool IsCount);
}
