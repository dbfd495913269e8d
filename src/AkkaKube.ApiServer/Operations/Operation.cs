using Akka.Actor;
using Akka.Event;
using AkkaKube.Api;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Etcd;
using Status = AkkaKube.Api.Meta.V1.Status;

namespace AkkaKube.ApiServer.Operations;

/// <summary>
/// One request on its way through a worker: what it has done so far and what it does with the storage's next answer. It runs on the
/// worker's thread and waits for nothing: each step asks the storage and says what comes next.
/// </summary>
internal abstract class Operation(ApiRequest request, IActorRef client, IWorker worker)
{
    private Action<EtcdShard.Reply>? _next;
    private bool _isWriting;
    private string? _claim;
    private Action? _afterWait;
    private RequestFlow.Step? _flow;

    private readonly DateTimeOffset _began = worker.Now;

    /// <summary>When it is given up, by the clock that does not jump.</summary>
    public TimeSpan Deadline { get; } = worker.Elapsed + worker.Settings.RequestTimeout;

    public bool IsDone { get; private set; }

    /// <summary>What the client asked for, where this operation goes on with another one.</summary>
    public ApiRequest? Origin { get; init; }

    protected IWorker Worker => worker;

    protected ResourceType Type { get; } = ServedResources.Find(request.Resource) ?? throw new RefusalException(Refusals.NoSuchResource());

    /// <summary>Does the first step.</summary>
    public void Run() => Guarded(Start);

    /// <summary>Goes on with an answer of the storage.</summary>
    public void Resume(EtcdShard.Reply reply)
    {
        if (IsDone) return;
        switch (reply)
        {
            case EtcdShard.Unavailable unavailable:
                Fail(Refusals.StorageUnavailable(unavailable.Reason));
                if (_isWriting && !unavailable.Refused) worker.Doubt();
                return;
            case EtcdShard.NotClaimed:
                HandOver();
                worker.BeginAnew(Origin ?? request, client, _claim);
                return;
        }
        _isWriting = false;
        var next = _next!;
        Guarded(() => next(reply));
    }

    /// <summary>Ends, as nobody answers.</summary>
    public void GiveUp()
    {
        Fail(Refusals.RequestTimedOut());
        if (_isWriting) worker.Doubt();
    }

    /// <summary>Goes on after a while of waiting.</summary>
    public void Wake()
    {
        if (IsDone || _afterWait is not { } next) return;
        _afterWait = null;
        Guarded(next);
    }

    /// <summary>Ends with a refusal.</summary>
    public void Fail(Status status) => Finish(new Failed(request.Tag, status));

    protected abstract void Start();

    /// <summary>Called once when the operation ends without having written.</summary>
    protected virtual void Abandoned() { }

    protected void Wait(TimeSpan wait, Action next)
    {
        _afterWait = next;
        worker.WakeLater(this, wait);
    }

    protected void Read(GroupVersionResource resource, string path, Action<Entry?> next)
    {
        _next = reply => next(((EtcdShard.Found)reply).Entry);
        worker.ShardOf(resource).Tell(new EtcdShard.Get(path) { Tag = this }, worker.Self);
    }

    /// <summary>Writes an object; <paramref name="conflict"/> gets what the key holds instead of what was expected.</summary>
    protected void Put(EncodedObject encoded, IApiObject draft, long? expected, Action<ApiObject> written, Action<Entry?> conflict)
    {
        Writing(written, conflict, expected, isDelete: false);
        worker.ShardOf(Type.Resource).Tell(new EtcdShard.Put(StoragePath.Of(encoded.Key), encoded.Json, expected) { StampAt = encoded.RevisionAt, Draft = draft, Writer = _claim, TraceParent = _flow?.Write(worker.Now), Tag = this }, worker.Self);
    }

    /// <summary>Removes an object; what followers see last of it is <paramref name="encoded"/>.</summary>
    protected void Remove(EncodedObject encoded, IApiObject draft, long expected, Action<ApiObject> written, Action<Entry?> conflict)
    {
        Writing(written, conflict, expected, isDelete: true);
        worker.ShardOf(Type.Resource).Tell(new EtcdShard.Delete(StoragePath.Of(encoded.Key), encoded.Json, expected) { StampAt = encoded.RevisionAt, Draft = draft, Writer = _claim, TraceParent = _flow?.Write(worker.Now), Tag = this }, worker.Self);
    }

    private void Writing(Action<ApiObject> written, Action<Entry?> conflict, long? previous, bool isDelete)
    {
        _flow ??= worker.Flow?.Begin(Origin ?? request, client, _began, previous);
        _isWriting = true;
        _claim = worker.Claim;
        _next = reply => Written(reply, written, conflict, isDelete);
    }

    protected void Succeed(ApiObject result, IReadOnlyList<string> warnings, bool created = false, Status? status = null) =>
        Finish(new Succeeded(request.Tag, result, warnings.ToValueList()) { Created = created, Status = status });

    protected void Finish(ApiReply reply)
    {
        if (IsDone) return;
        IsDone = true;
        if (reply is Failed) Abandoned();
        worker.Done(this);
        client.Tell(reply, worker.Self);
    }

    /// <summary>Somebody else answers the client.</summary>
    protected void HandOver()
    {
        IsDone = true;
        worker.Done(this);
    }

    /// <summary>Goes on as a create.</summary>
    protected void Become(Create create, Draft draft, bool isOwned)
    {
        HandOver();
        worker.Run(new CreateOperation(create, client, worker, draft, isOwned) { Origin = Origin ?? request });
    }

    protected void Guarded(Action step)
    {
        try
        {
            step();
        }
        catch (RefusalException refusal)
        {
            Fail(refusal.Status);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // A fault in the handling of one request is that request's answer, never the end of the others.
            worker.Log.Error(failure, "{0} {1}: the request failed", request.GetType().Name, request.Resource);
            Fail(Refusals.Internal(failure.Message));
        }
    }

    private void Written(EtcdShard.Reply reply, Action<ApiObject> written, Action<Entry?> conflict, bool isDelete)
    {
        if (reply is EtcdShard.Conflict found)
        {
            conflict(found.Current);
            return;
        }

        var result = (ApiObject)((EtcdShard.Written)reply).Change.View!;
        _flow?.Written(worker.ShardOf(Type.Resource), result, isDelete, worker.Now);
        written(result);
    }
}
