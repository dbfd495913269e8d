using AkkaKube.Api;
using AkkaKube.Api.Tables;

namespace AkkaKube.ApiServer.Http;

/// <summary>Makes the table of objects that a client prints.</summary>
internal static class TableAnswer
{
    public static byte[] Of(ResourceCall call, IReadOnlyList<ApiObject> objects, long revision, string? next, long? left, bool withColumns) =>
        new Table(call.Type, call.Now)
        {
            Include = RequestOptions.Text(call.Request, "includeObject") switch
            {
                "None" => IncludeObject.None,
                "Object" => IncludeObject.Object,
                _ => IncludeObject.Metadata,
            },
            WithColumns = withColumns,
            ResourceVersion = revision,
            Continue = next,
            RemainingItemCount = left,
        }.Render(objects);
}
