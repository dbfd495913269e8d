using AkkaKube.Api;
using AkkaKube.Api.Decoding;
using AkkaKube.Api.Fields;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Operations;

/// <summary>Notes which writer owns which fields (metadata.managedFields), before admission adds what no client said.</summary>
internal static class FieldOwnership
{
    /// <summary>Of a new object.</summary>
    public static void OfCreate(ResourceType type, JsonMap tree, Create create, DateTimeOffset now) =>
        ManagedFields.Track(type, null, tree, WriterOf(type, create, Subresource.None, now));

    /// <summary>Of a replaced object.</summary>
    public static void OfUpdate(ResourceType type, ApiObject current, JsonMap tree, Update update, DateTimeOffset now) =>
        ManagedFields.Track(type, ObjectTree.Of(type, current), tree, WriterOf(type, update, update.Subresource, now));

    /// <summary>Of an object that the server changed for a writer.</summary>
    public static IApiObject OfChange(ResourceType type, ApiObject current, IApiObject changed, WriteRequest request, Subresource subresource, DateTimeOffset now)
    {
        var tree = ObjectTree.Of(type, changed);
        ManagedFields.Track(type, ObjectTree.Of(type, current), tree, WriterOf(type, request, subresource, now));
        return ObjectPipeline.Record(type, tree);
    }

    /// <summary>Who writes, and what that cannot change anyway.</summary>
    public static FieldWriter WriterOf(ResourceType type, WriteRequest request, Subresource subresource, DateTimeOffset now)
    {
        var name = subresource switch
        {
            Subresource.Status => "status",
            Subresource.Scale => "scale",
            Subresource.Finalize => "finalize",
            _ => null,
        };
        return new FieldWriter(request.FieldManager ?? ManagerOf(request.User), name, now)
        {
            ResetFields = subresource == Subresource.Scale ? default : ObjectPipeline.StrategyOf(type, subresource).ResetFields,
        };
    }

    /// <summary>A component that names no manager is known by the last part of its user name.</summary>
    private static string ManagerOf(UserInfo user) => user.Name[(user.Name.LastIndexOf(':') + 1)..];
}
