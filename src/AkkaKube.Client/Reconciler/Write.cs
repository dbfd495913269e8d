using AkkaKube.Api;
using AkkaKube.Client.Requests;

namespace AkkaKube.Client.Reconciler;

/// <summary>What a reconciler wants done. The <see cref="Controller"/> that runs the reconciler does it.</summary>
public abstract record Write
{
    private protected Write()
    {
    }

    /// <summary>Creates an object.</summary>
    public static ApiWrite Create(GroupVersionResource resource, IApiObject item) => new(
        item.Metadata.Name ?? "", user => new Requests.Create(resource, ObjectBody.Of(item)) { Namespace = item.Metadata.Namespace, User = user, FieldManager = FieldManager }, resource, item);

    /// <summary>Replaces an object; refused if it is no longer the version that <paramref name="item"/> was made from.</summary>
    public static ApiWrite Update(GroupVersionResource resource, IApiObject item, Subresource subresource = Subresource.None) => new(
        item.Metadata.Name ?? "",
        user => new Update(resource, item.Metadata.Name ?? "", ObjectBody.Of(item)) { Namespace = item.Metadata.Namespace, Subresource = subresource, User = user, FieldManager = FieldManager },
        resource,
        item);

    /// <summary>Replaces an object's status; refused if the object is no longer the version that <paramref name="item"/> was made from.</summary>
    public static ApiWrite UpdateStatus(GroupVersionResource resource, IApiObject item) => Update(resource, item, Subresource.Status);

    /// <summary>Changes an object by a patch, a strategic merge patch where nothing else is said.</summary>
    public static ApiWrite Patch(
        GroupVersionResource resource, IApiObject item, ReadOnlyMemory<byte> body, PatchType type = PatchType.StrategicMerge, Subresource subresource = Subresource.None) => new(
        item.Metadata.Name ?? "",
        user => new Requests.Patch(resource, item.Metadata.Name ?? "", type, body) { Namespace = item.Metadata.Namespace, Subresource = subresource, User = user, FieldManager = FieldManager },
        resource,
        item);

    /// <summary>Deletes this very object, not another one that took its name.</summary>
    public static ApiWrite Delete(GroupVersionResource resource, IApiObject item, DeleteOptions? options = null) => new(
        item.Metadata.Name ?? "",
        user => new Requests.Delete(resource, item.Metadata.Name ?? "")
        {
            Namespace = item.Metadata.Namespace,
            Options = (options ?? DeleteOptions.None) with { PreconditionUid = item.Metadata.Uid },
            User = user,
            FieldManager = FieldManager,
        },
        resource,
        item)
    { IsDelete = true };

    /// <summary>Any other request, e.g. a read or a delete of many: <paramref name="request"/> gets the controller's user.</summary>
    public static ApiWrite Request(GroupVersionResource resource, Func<UserInfo, ApiRequest> request) => new("", request, resource, null);

    /// <summary>Records an event about an object.</summary>
    public static RecordEvent Record(IApiObject regarding, string type, string reason, string message) => new(regarding, type, reason, message);

    /// <summary>Asks for the same key again after some time.</summary>
    public static RequeueAfter Requeue(TimeSpan after) => new(after);

    /// <summary>Asks for the same key again, later each time until it once succeeds.</summary>
    public static Retry RetryLater() => new();

    /// <summary>Several writes, and what follows when all of them are through.</summary>
    public static Batch All(IReadOnlyList<Write> writes, Func<IReadOnlyList<Failed>, IEnumerable<Write>> then) => new(writes, false, then);

    /// <summary>Several writes of the same kind, first one, then twice as many each time as long as none is refused, and what follows.</summary>
    /// <remarks>Where all would be refused, for a quota say, the API server sees one request instead of hundreds.</remarks>
    public static Batch SlowStart(IReadOnlyList<Write> writes, Func<IReadOnlyList<Failed>, IEnumerable<Write>> then) => new(writes, true, then);

    private const string FieldManager = "kube-controller-manager";
}

/// <summary>A request to the API server.</summary>
/// <param name="Name">Of the object it is about.</param>
/// <param name="ToSend">Makes the request for a user.</param>
/// <param name="Resource">The resource it is about.</param>
/// <param name="Object">The object as the writer knows it; null where there is none.</param>
public sealed record ApiWrite(string Name, Func<UserInfo, ApiRequest> ToSend, GroupVersionResource Resource, IApiObject? Object) : Write
{
    /// <summary>The object is to be gone.</summary>
    public bool IsDelete { get; init; }

    /// <summary>What follows when it was carried out.</summary>
    public Func<ApiReply, IEnumerable<Write>>? Then { get; init; }

    /// <summary>What follows when it was refused; null: the key is tried again later (a delete of what is gone is none).</summary>
    public Func<Failed, IEnumerable<Write>>? Otherwise { get; init; }
}

/// <summary>An event to record.</summary>
/// <param name="Regarding">What it is about.</param>
/// <param name="Type">Normal or Warning.</param>
/// <param name="Reason">One word in CamelCase.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record RecordEvent(IApiObject Regarding, string Type, string Reason, string Message) : Write;

/// <summary>The key is to be reconciled again after some time.</summary>
public sealed record RequeueAfter(TimeSpan After) : Write;

/// <summary>The key is to be reconciled again as after a failure.</summary>
public sealed record Retry : Write;

/// <summary>Several writes and what follows them.</summary>
/// <param name="Writes">The writes.</param>
/// <param name="IsSlow">In batches that double, and none after the first that was refused.</param>
/// <param name="Then">What follows, given the refusals.</param>
public sealed record Batch(IReadOnlyList<Write> Writes, bool IsSlow, Func<IReadOnlyList<Failed>, IEnumerable<Write>> Then) : Write;
