using AkkaKube.Api;
using AkkaKube.Api.Autoscaling.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Decoding;
using AkkaKube.Api.Defaults;
using AkkaKube.Api.Strategy;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Operations;

/// <summary>What a client sent, defaults filled in; a tree, as patches and the ownership of fields work on one.</summary>
internal sealed record Draft(JsonMap Tree, IReadOnlyList<string> Warnings);

/// <summary>The steps from what a client sends to what is stored that need nothing but the object.</summary>
internal static class ObjectPipeline
{
    private static readonly GroupVersionKind ScaleKind = new("autoscaling", "v1", "Scale");
    private static readonly GroupVersionKind BindingKind = new("", "v1", "Binding");

    private static readonly byte[] RevisionField = "\"resourceVersion\":\"0\""u8.ToArray();

    /// <summary>Reads a body and fills in the defaults.</summary>
    public static Draft Decode(ResourceType type, ObjectBody body, string fieldValidation)
    {
        // A record of our own has no unknown fields.
        if (body.Object is { } record)
        {
            var known = ObjectTree.Of(type, record);
            Defaulting.Apply(type, known);
            return new Draft(known, []);
        }
        var decoded = ObjectDecoder.Decode(type, body.Utf8, fieldValidation);
        if (decoded.Failure is { } failure) throw new RefusalException(failure);
        var tree = decoded.Object!;
        Defaulting.Apply(type, tree);
        return new Draft(tree, fieldValidation == "Warn" ? decoded.Warnings : []);
    }

    /// <summary>The object of a tree.</summary>
    public static IApiObject Record(ResourceType type, JsonMap tree) => ObjectEncoder.Record(type.Schema, tree);

    /// <summary>Reads a Scale.</summary>
    public static Scale DecodeScale(ObjectBody body, string fieldValidation) => body.Object as Scale ?? Read<Scale>(ScaleKind, "autoscaling.v1.Scale", body, fieldValidation);

    /// <summary>Reads a Binding.</summary>
    public static Binding DecodeBinding(ObjectBody body, string fieldValidation) => body.Object as Binding ?? Read<Binding>(BindingKind, "core.v1.Binding", body, fieldValidation);

    /// <summary>What is to be stored of a new object.</summary>
    public static IApiObject PrepareForCreate(ResourceType type, IApiObject created, List<string> warnings)
    {
        var strategy = Strategies.For(type.Resource);
        var prepared = PreparedWrite.ForCreate(strategy, created);
        if (!prepared.IsValid) throw new RefusalException(Refusals.Invalid(type, created.Metadata.Name, prepared.Errors));
        warnings.AddRange(prepared.Warnings);
        return prepared.Object;
    }

    /// <summary>What is to be stored of a changed object.</summary>
    public static IApiObject PrepareForUpdate(ResourceType type, Subresource subresource, IApiObject old, IApiObject updated, List<string> warnings)
    {
        var strategy = StrategyOf(type, subresource);
        var prepared = PreparedWrite.ForUpdate(strategy, updated, old);
        if (!prepared.IsValid) throw new RefusalException(Refusals.Invalid(type, old.Metadata.Name, prepared.Errors));
        warnings.AddRange(prepared.Warnings);
        return prepared.Object;
    }

    public static IStrategy StrategyOf(ResourceType type, Subresource subresource) => subresource switch
    {
        Subresource.Status => Strategies.Find(type.Resource, "status"),
        Subresource.Finalize => Strategies.Find(type.Resource, "finalize"),
        _ => Strategies.Find(type.Resource),
    } ?? throw new RefusalException(Refusals.NoSuchResource());

    /// <summary>The bytes to store, with a place for the revision that the storage gives out.</summary>
    public static EncodedObject Encode(IApiObject record)
    {
        var json = ApiJson.Utf8(record.WithMetadata(record.Metadata with { ResourceVersion = "0" }));
        // Nothing before the metadata's own resourceVersion can look like it: a quote within a string is escaped.
        var at = json.AsSpan().IndexOf(RevisionField) + RevisionField.Length - 2;
        var open = new byte[json.Length - 1];
        json.AsSpan(0, at).CopyTo(open);
        json.AsSpan(at + 1).CopyTo(open.AsSpan(at));
        return new EncodedObject(open, at, ObjectKey.Of(record));
    }

    /// <summary>Whether storing it would change nothing.</summary>
    public static bool IsSame(EncodedObject encoded, ApiObject current)
    {
        var stored = current.Json.Span;
        return stored.StartsWith(encoded.Before.Span) && stored.EndsWith(encoded.After.Span) && stored[encoded.RevisionAt..].IndexOf((byte)'"') == stored.Length - encoded.Json.Length;
    }

    /// <summary>Refuses a Scale that breaks rules.</summary>
    public static void CheckScale(Scale scale, string name)
    {
        var errors = SubresourceValidation.Validate(scale);
        if (errors.Count > 0) throw new RefusalException(Api.Errors.StatusErrors.Invalid(ScaleKind.GroupKind, name, errors));
    }

    /// <summary>Refuses a Binding that breaks rules.</summary>
    public static void CheckBinding(Binding binding, string name)
    {
        var errors = SubresourceValidation.Validate(binding);
        if (errors.Count > 0) throw new RefusalException(Api.Errors.StatusErrors.Invalid(BindingKind.GroupKind, name, errors));
    }

    private static T Read<T>(GroupVersionKind kind, string schemaName, ObjectBody body, string fieldValidation)
        where T : class, IApiRecord<T>
    {
        var schema = Api.Schema.Schemas.Of(schemaName);
        var decoded = ObjectDecoder.Decode(kind, schema, body.Utf8, fieldValidation);
        if (decoded.Failure is { } failure) throw new RefusalException(failure);
        return ObjectEncoder.Record<T>(schema, decoded.Object!);
    }
}
