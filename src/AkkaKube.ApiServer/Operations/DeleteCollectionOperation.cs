using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Operations;

/// <summary>Deletes all objects of a list: each as if it were deleted alone, all at once, so that they share journal writes.</summary>
internal sealed class DeleteCollectionOperation(DeleteCollection delete, IActorRef client, IWorker worker) : Operation(delete, client, worker)
{
    private readonly List<ApiObject> _deleted = [];
    private int _waiting;
    private long _revision;
    private ApiReply? _failure;

    protected override void Start() => Worker.CacheOf(delete.Resource).Tell(
        new List(delete.Resource)
        {
            User = delete.User,
            Namespace = delete.Namespace,
            LabelSelector = delete.LabelSelector,
            FieldSelector = delete.FieldSelector,
            Tag = this,
        }, Worker.Self);

    /// <summary>The answer of the list, or of one of the deletes.</summary>
    public void On(ApiReply reply)
    {
        if (IsDone) return;
        switch (reply)
        {
            case Listed listed:
                _revision = listed.ResourceVersion;
                _waiting = listed.Items.Count;
                foreach (var item in listed.Items) DeleteOne(item);
                break;
            case Succeeded one:
                _deleted.Add(one.Object);
                _waiting--;
                break;
            case Failed { Status.Code: 404 } when _waiting > 0:
                _waiting--;
                break;
            case Failed failed:
                _failure ??= failed;
                _waiting = Math.Max(0, _waiting - 1);
                break;
        }
        if (_waiting > 0) return;
        if (_failure is Failed first) Fail(first.Status);
        else Finish(new Listed(delete.Tag, _deleted, _revision));
    }

    private void DeleteOne(ApiObject item) => Worker.Self.Tell(
        new Delete(delete.Resource, item.Key.Name)
        {
            User = delete.User,
            Namespace = item.Key.Namespace,
            Options = delete.Options,
            DryRun = delete.DryRun,
            Tag = this,
        }, Worker.Self);
}
