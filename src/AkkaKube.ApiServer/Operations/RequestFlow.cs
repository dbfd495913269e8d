using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Client.Tracing;

namespace AkkaKube.ApiServer.Operations;

/// <summary>Writes what a worker does into the flow log of the host: each write of a request, and the request itself.</summary>
internal sealed class RequestFlow(FlowLog log, SpanIds ids, IActorRef worker)
{
    private FlowLog Log => log;

    private SpanIds Ids => ids;

    private IActorRef Worker => worker;

    /// <summary>What becomes of one request that writes. It is part of its client's trace, or of the trace of the change that made its client act.</summary>
    /// <param name="request">The request.</param>
    /// <param name="client">Who sent it.</param>
    /// <param name="began">When it came.</param>
    /// <param name="previous">The revision that it replaces; null: it creates.</param>
    public Step Begin(ApiRequest request, IActorRef client, DateTimeOffset began, long? previous)
    {
        var parent = TraceContext.Parse(request.TraceParent) ?? CauseOf(request, previous);
        var context = parent is { } known ? new TraceContext(known.TraceId, ids.Next()) : ids.NewTrace();
        return new Step(this, request, client, began, context, parent?.SpanId ?? 0);
    }

    // A component that does not say why it acts has seen the object as it was; a person who changes it begins something new.
    private TraceContext? CauseOf(ApiRequest request, long? previous) => request.CausedBy is { } cause
        ? log.TraceOf(cause.Resource, cause.Revision)
        : previous is { } revision && request.User.Name.StartsWith("system:", StringComparison.Ordinal) ? log.TraceOf(request.Resource, revision) : null;

    /// <summary>One request on its way.</summary>
    internal sealed class Step(RequestFlow flow, ApiRequest request, IActorRef client, DateTimeOffset began, TraceContext context, ulong parent)
    {
        private TraceContext _write;
        private DateTimeOffset _sent;

        /// <summary>A write goes to the storage; the result travels with it.</summary>
        public string Write(DateTimeOffset now)
        {
            (_write, _sent) = (new TraceContext(context.TraceId, flow.Ids.Next()), now);
            return _write.ToString();
        }

        /// <summary>The storage has written, and with that the request is done.</summary>
        public void Written(IActorRef shard, ApiObject result, bool isDelete, DateTimeOffset now)
        {
            flow.Log.Write(new FlowSpan(_write, context.SpanId, isDelete ? FlowMessages.Delete : FlowMessages.Put, request.Resource, result.Key, _sent, now - _sent, result.ResourceVersion) { From = flow.Worker, To = shard });
            flow.Log.Write(new FlowSpan(context, parent, NameOf(request), request.Resource, result.Key, began, now - began, result.ResourceVersion)
            {
                From = client,
                To = flow.Worker,
                User = request.User.Name,
                Note = NoteOf(request, result, isDelete),
            });
        }

        private static string NameOf(ApiRequest request) => request switch
        {
            Create { Subresource: not Subresource.None } create => $"Create {Word(create.Subresource)}",
            Update { Subresource: not Subresource.None } update => $"Update {Word(update.Subresource)}",
            Patch { Subresource: not Subresource.None } patch => $"Patch {Word(patch.Subresource)}",
            _ => request.GetType().Name,
        };

        private static string Word(Subresource subresource) => subresource switch
        {
            Subresource.Binding => "binding",
            Subresource.Status => "status",
            Subresource.Scale => "scale",
            Subresource.Eviction => "eviction",
            _ => "finalize",
        };

        private static string? NoteOf(ApiRequest request, ApiObject result, bool isDelete)
        {
            if (isDelete) return "gone";
            if (request.Resource != GroupVersionResource.Pods || result.Object is not Pod pod) return null;
            if (request is Create { Subresource: Subresource.Binding }) return $"on {pod.Spec.NodeName}";
            foreach (var condition in pod.Status.Conditions)
                if (condition is { Type: "Ready", Status: "True" }) return "Ready";
            return pod.Status.Phase;
        }
    }
}
