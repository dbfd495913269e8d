using AkkaKube.Api.Meta.V1;

namespace AkkaKube.ApiServer;

/// <summary>A request cannot be carried out; ends the operation with this Status.</summary>
internal sealed class RefusalException(Status status) : Exception(status.Message)
{
    public Status Status => status;
}
