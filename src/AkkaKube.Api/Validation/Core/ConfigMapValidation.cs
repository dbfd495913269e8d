using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>ConfigMaps: their keys become file names, their size is bounded, and some may never change.</summary>
internal static class ConfigMapValidation
{
    public const int SizeLimit = 1024 * 1024;
    public const string ImmutableWhenSet = "field is immutable when `immutable` is set";

    private static readonly FieldPath Data = new("data");
    private static readonly FieldPath BinaryData = new("binaryData");

    public static void Check(FieldErrors errors, ConfigMap map)
    {
        ObjectMetaValidation.CheckCore(errors, map.Metadata, namespaced: true, Names.SubdomainName);
        long size = 0;
        foreach (var (key, value) in map.Data)
        {
            if (Names.ConfigKey(key) is { Length: > 0 } wrong) errors.Invalid(Data.Key(key), key, wrong);
            if (map.BinaryData.ContainsKey(key)) errors.Invalid(Data.Key(key), key, "duplicate of key present in binaryData");
            size += Names.Bytes(value);
        }
        foreach (var (key, value) in map.BinaryData)
        {
            if (Names.ConfigKey(key) is { Length: > 0 } wrong) errors.Invalid(BinaryData.Key(key), key, wrong);
            size += value.Length;
        }
        if (size > SizeLimit) errors.TooLong(new FieldPath(""), SizeLimit);
    }

    public static void CheckUpdate(FieldErrors errors, ConfigMap map, ConfigMap old)
    {
        ObjectMetaValidation.CheckCoreUpdate(errors, map.Metadata, old.Metadata);
        if (old.Immutable is true)
        {
            if (map.Immutable is not true) errors.Forbidden(new FieldPath("immutable"), ImmutableWhenSet);
            if (map.Data != old.Data) errors.Forbidden(Data, ImmutableWhenSet);
            if (map.BinaryData != old.BinaryData) errors.Forbidden(BinaryData, ImmutableWhenSet);
        }
        Check(errors, map);
    }
}
