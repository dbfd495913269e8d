using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Autoscaling.V1;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Operations;

/// <summary>Replaces an object, or a part of it, by what the client sends.</summary>
internal sealed class UpdateOperation(Update update, IActorRef client, IWorker worker) : ModifyOperation(update, update.Name, update.Subresource, client, worker)
{
    private Draft _sent = null!;
    private Scale? _scale;

    protected override void Start()
    {
        if (update.Subresource == Subresource.Scale)
        {
            _scale = ObjectPipeline.DecodeScale(update.Object, update.FieldValidation);
            CheckTarget(_scale.Metadata.Name, _scale.Metadata.Namespace ?? "");
        }
        else
        {
            _sent = ObjectPipeline.Decode(Type, update.Object, update.FieldValidation);
            CheckTarget(_sent.Tree.NameOf(), _sent.Tree.NamespaceOf());
        }
        base.Start();
    }

    protected override IApiObject Change(ApiObject current)
    {
        if (_scale is not null) return Scaled(current, _scale);
        Warnings.AddRange(_sent.Warnings);
        // The tree is changed by what comes next; another attempt starts from what was sent.
        var tree = _sent.Tree.Clone();
        var metadata = tree.Metadata();
        metadata["name"] = update.Name;
        if (Type.Namespaced) metadata["namespace"] = update.Namespace;
        FieldOwnership.OfUpdate(Type, current, tree, update, Worker.Now);
        return ObjectPipeline.Record(Type, tree);
    }

    /// <summary>Some kinds are made by an update where there is none.</summary>
    protected override void Missing()
    {
        if (update.Subresource != Subresource.None || !ObjectPipeline.StrategyOf(Type, Subresource.None).AllowsCreateOnUpdate || _sent.Tree.RevisionOf().Length > 0) { base.Missing(); return; }
        var metadata = _sent.Tree.Metadata();
        metadata["name"] = update.Name;
        metadata.Remove("uid");
        Become(new Create(update.Resource, update.Object)
        {
            User = update.User,
            Namespace = update.Namespace,
            Tag = update.Tag,
            FieldManager = update.FieldManager,
            DryRun = update.DryRun,
        }, _sent, isOwned: false);
    }

    private void CheckTarget(string name, string @namespace)
    {
        if (name.Length > 0 && name != update.Name) throw new RefusalException(Refusals.BadRequest($"the name of the object ({name}) does not match the name on the URL ({update.Name})"));
        if (@namespace.Length > 0 && @namespace != update.Namespace) throw new RefusalException(Refusals.BadRequest("the namespace of the provided object does not match the namespace sent on the request"));
    }

    private IApiObject Scaled(ApiObject current, Scale scale)
    {
        ObjectPipeline.CheckScale(scale, update.Name);
        var scaled = Scaling.WithReplicas(current.Object, scale.Spec.Replicas);
        var owned = FieldOwnership.OfChange(Type, current, scaled, update, Subresource.Scale, Worker.Now);
        return owned.WithMetadata(owned.Metadata with { ResourceVersion = scale.Metadata.ResourceVersion, Uid = scale.Metadata.Uid });
    }
}
