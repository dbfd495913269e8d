using System.Globalization;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Etcd;

namespace AkkaKube.ApiServer;

/// <summary>The form in which stored objects are shared within the process: their bytes, and the record that the writer made of them already.</summary>
public sealed class StoredViews : IValueViews
{
    /// <inheritdoc/>
    public object Make(string key, ReadOnlyMemory<byte> value, long revision, object? draft)
    {
        // Events are many and looked at seldom: who asks for the record of one has it read from the JSON.
        var record = draft is IApiObject written and not Event
            ? written.WithMetadata(written.Metadata with { ResourceVersion = revision.ToString(CultureInfo.InvariantCulture) })
            : null;
        return new ApiObject(value, StoragePath.KeyOf(key), revision, record);
    }
}
