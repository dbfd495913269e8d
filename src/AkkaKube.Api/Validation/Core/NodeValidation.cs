using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>Nodes: their taints, address blocks and amounts.</summary>
internal static class NodeValidation
{
    private const string OneBlockPerFamily = "may specify no more than one CIDR for each IP family";
    private const string FixedBlocks = "node updates may not change podCIDR except from \"\" to valid";

    private static readonly FieldPath Taints = ObjectMetaValidation.Metadata.Child("taints");
    private static readonly FieldPath PodCIDRs = new FieldPath("spec").Child("podCIDRs");

    public static void Check(FieldErrors errors, Node node) => Check(errors, node, null);

    private static void Check(FieldErrors errors, Node node, Node? old)
    {
        ObjectMetaValidation.CheckCore(errors, node.Metadata, namespaced: false, Names.SubdomainName);
        TolerationValidation.CheckTaints(errors, Taints, node.Spec.Taints);
        CheckAmounts(errors, node);
        var blocks = node.Spec.PodCIDRs;
        for (var i = 0; i < blocks.Count; i++) Addresses.CheckBlock(errors, PodCIDRs.Index(i), blocks[i], old?.Spec.PodCIDRs);
        if (blocks.Count <= 1) return;
        if (blocks.Count > 2 || !Addresses.AreDualStack(blocks)) errors.InvalidShown(PodCIDRs, GoText.Strings(blocks), OneBlockPerFamily);
        for (var i = 1; i < blocks.Count; i++)
            for (var j = 0; j < i; j++)
                if (blocks[i] == blocks[j])
                {
                    errors.Duplicate(PodCIDRs.Index(i), blocks[i]);
                    break;
                }
    }

    /// <summary>The node as a whole, and what may not change of it.</summary>
    public static void CheckUpdate(FieldErrors errors, Node node, Node old)
    {
        Check(errors, node, old);
        CheckChanges(errors, node, old);
    }

    /// <summary>What may not change of a node, whichever part of it is written.</summary>
    public static void CheckChanges(FieldErrors errors, Node node, Node old)
    {
        ObjectMetaValidation.CheckCoreUpdate(errors, node.Metadata, old.Metadata);
        CheckAmounts(errors, node);
        CheckAddresses(errors, node.Status.Addresses);
        var (now, before) = (node.Spec.PodCIDRs, old.Spec.PodCIDRs);
        if (before.Count > 0)
        {
            if (now.Count != before.Count) errors.Forbidden(PodCIDRs, FixedBlocks);
            else
                for (var i = 0; i < now.Count; i++)
                    if (now[i] != before[i]) errors.Forbidden(PodCIDRs, FixedBlocks);
        }
        if (!string.IsNullOrEmpty(old.Spec.ProviderID) && old.Spec.ProviderID != node.Spec.ProviderID)
            errors.Forbidden(new FieldPath("spec").Child("providerID"), "node updates may not change providerID except from \"\" to valid");
        TolerationValidation.CheckTaints(errors, Taints, node.Spec.Taints);
        if ((node.Spec.ExternalID ?? "") != (old.Spec.ExternalID ?? "")) errors.Forbidden(new FieldPath("spec").Child("externalID"), "may not be updated");
    }

    private static void CheckAmounts(FieldErrors errors, Node node)
    {
        if (node.Status.Capacity.Count == 0 && node.Status.Allocatable.Count == 0) return;
        var status = new FieldPath("status");
        foreach (var (name, quantity) in node.Status.Capacity) ResourceValidation.CheckQuantity(errors, status.Child("capacity", name), name, quantity);
        foreach (var (name, quantity) in node.Status.Allocatable) ResourceValidation.CheckQuantity(errors, status.Child("allocatable", name), name, quantity);
    }

    private static void CheckAddresses(FieldErrors errors, ValueList<NodeAddress> addresses)
    {
        for (var i = 1; i < addresses.Count; i++)
            for (var j = 0; j < i; j++)
                if (addresses[i] == addresses[j])
                {
                    errors.Add(FieldError.DuplicateShown(new FieldPath("status").Child("addresses").Index(i),
                        $"{{\"Type\":{GoText.Json(addresses[i].Type)},\"Address\":{GoText.Json(addresses[i].Address)}}}"));
                    break;
                }
    }
}
