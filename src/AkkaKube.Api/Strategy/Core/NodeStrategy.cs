using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Validation;
using AkkaKube.Api.Validation.Core;

namespace AkkaKube.Api.Strategy.Core;

/// <summary>Nodes. A node that registers brings its status along.</summary>
internal class NodeStrategy : KindStrategy<Node>
{
    public override bool IsNamespaced => false;

    public override ValueList<string> ResetFields => ["status"];

    protected override Node Prepare(Node created) => WithoutConfigSource(created, null);

    protected override Node Prepare(Node updated, Node old) => WithoutConfigSource(updated with { Status = old.Status }, old);

    protected override void Check(FieldErrors errors, Node created) => NodeValidation.Check(errors, created);

    protected override void Check(FieldErrors errors, Node updated, Node old) => NodeValidation.CheckUpdate(errors, updated, old);

    protected override void Warn(Warnings warnings, Node created)
    {
        if (created.Spec.ConfigSource is not null) warnings.Add("spec.configSource: the feature is no longer supported");
        if (!string.IsNullOrEmpty(created.Spec.ExternalID)) warnings.Add("spec.externalID: this field is deprecated, and is unused by Kubernetes");
        for (var i = 0; i < created.Spec.PodCIDRs.Count; i++)
            warnings.AddressBlock(PodValidation.Spec.Child("podCIDRs").Index(i), created.Spec.PodCIDRs[i]);
    }

    protected override void Warn(Warnings warnings, Node updated, Node old) => Warn(warnings, updated);

    private static Node WithoutConfigSource(Node node, Node? old) =>
        node.Spec.ConfigSource is null || old?.Spec.ConfigSource is not null ? node : node with { Spec = node.Spec with { ConfigSource = null } };
}

/// <summary>The status of nodes, which may bring labels and the like with it.</summary>
internal sealed class NodeStatusStrategy : NodeStrategy
{
    public override ValueList<string> ResetFields => ["spec"];

    protected override Node Prepare(Node updated, Node old) => updated with { Spec = old.Spec };

    protected override void Check(FieldErrors errors, Node updated, Node old) => NodeValidation.CheckChanges(errors, updated, old);

    protected override void Warn(Warnings warnings, Node updated, Node old)
    {
    }
}
