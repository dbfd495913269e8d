using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api;

/// <summary>An object that the API stores: a Pod, a Node, a custom resource.</summary>
public interface IApiObject
{
    /// <summary>Group and version, e.g. <c>apps/v1</c>, or <c>v1</c> alone.</summary>
    string ApiVersion { get; }

    /// <summary>E.g. <c>Deployment</c>.</summary>
    string Kind { get; }

    /// <summary>Name, namespace, labels and the like.</summary>
    ObjectMeta Metadata { get; }

    /// <summary>The same object with other metadata.</summary>
    IApiObject WithMetadata(ObjectMeta metadata);

    /// <summary>Writes it as a JSON object.</summary>
    void Write(System.Text.Json.Utf8JsonWriter writer);
}

/// <summary>A record of the model, which reads and writes itself as JSON.</summary>
public interface IApiRecord<TSelf>
    where TSelf : class, IApiRecord<TSelf>
{
    /// <summary>Reads one from the object that the reader stands on; unknown fields are passed over.</summary>
    static abstract TSelf Read(ref System.Text.Json.Utf8JsonReader reader);

    /// <summary>Writes it as a JSON object.</summary>
    void Write(System.Text.Json.Utf8JsonWriter writer);
}
