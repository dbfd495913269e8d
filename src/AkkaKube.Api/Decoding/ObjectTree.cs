
namespace AkkaKube.Api.Decoding;

/// <summary>Makes trees of objects.</summary>
public static class ObjectTree
{
    /// <summary>A fresh tree of a stored object, the caller's to change.</summary>
    public static JsonMap Of(ResourceType type, ApiObject o) => ObjectDecoder.Stored(type, o.Json);

    /// <summary>A fresh tree of a record.</summary>
    public static JsonMap Of(ResourceType type, IApiObject o) => ObjectDecoder.Stored(type, ApiJson.Utf8(o));
}
