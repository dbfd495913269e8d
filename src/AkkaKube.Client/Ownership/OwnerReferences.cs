using AkkaKube.Api;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Client.Ownership;

/// <summary>Reads and makes the references by which objects belong to others.</summary>
public static class OwnerReferences
{
    /// <summary>The reference to the one controller of an object, or null.</summary>
    public static OwnerReference? ControllerRef(this ObjectMeta metadata)
    {
        foreach (var reference in metadata.OwnerReferences)
            if (reference.Controller == true) return reference;
        return null;
    }

    /// <summary>The object's controller is <paramref name="owner"/>.</summary>
    public static bool IsControlledBy(this ObjectMeta metadata, IApiObject owner) =>
        metadata.ControllerRef() is { } reference && reference.Uid == owner.Metadata.Uid;

    /// <summary>The reference that makes <paramref name="owner"/> the controller of an object.</summary>
    public static OwnerReference ControllerRefTo(IApiObject owner) => new()
    {
        ApiVersion = owner.ApiVersion,
        Kind = owner.Kind,
        Name = owner.Metadata.Name ?? "",
        Uid = owner.Metadata.Uid ?? "",
        Controller = true,
        BlockOwnerDeletion = true,
    };
}
