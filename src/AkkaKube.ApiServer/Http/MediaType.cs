namespace AkkaKube.ApiServer.Http;

/// <summary>The form in which an answer is written.</summary>
internal enum MediaEncoding
{
    Json,
    Yaml,
}

/// <summary>What is made of the objects of an answer before it is written.</summary>
internal enum Transformation
{
    None,
    Table,
    PartialObjectMetadata,
}

/// <summary>The form that a client accepts and the server can write (Kubernetes: content negotiation).</summary>
internal readonly record struct MediaType(MediaEncoding Encoding, Transformation As)
{
    public static readonly MediaType Json = new(MediaEncoding.Json, Transformation.None);

    public string ContentType => Encoding == MediaEncoding.Yaml ? "application/yaml" : "application/json";

    /// <summary>The first form in <paramref name="accept"/> that the server has; null where it has none of them. No header means JSON.</summary>
    /// <remarks>Kinds of this server travel as JSON also where protobuf is asked for first and JSON is accepted next.</remarks>
    public static MediaType? Negotiate(string? accept)
    {
        if (string.IsNullOrWhiteSpace(accept)) return Json;
        foreach (var clause in accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (One(clause) is { } found) return found;
        }
        return null;
    }

    private static MediaType? One(string clause)
    {
        var parts = clause.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        MediaEncoding encoding;
        switch (parts[0])
        {
            case "application/json" or "*/*" or "application/*": encoding = MediaEncoding.Json; break;
            case "application/yaml": encoding = MediaEncoding.Yaml; break;
            default: return null;
        }
        string? kind = null, group = null, version = null;
        foreach (var parameter in parts.AsSpan(1))
        {
            if (parameter.StartsWith("as=", StringComparison.Ordinal)) kind = parameter[3..];
            else if (parameter.StartsWith("g=", StringComparison.Ordinal)) group = parameter[2..];
            else if (parameter.StartsWith("v=", StringComparison.Ordinal)) version = parameter[2..];
        }
        if (kind is null) return new MediaType(encoding, Transformation.None);
        if (group != "meta.k8s.io" || version is not ("v1" or "v1beta1")) return null;
        return kind switch
        {
            "Table" => new MediaType(encoding, Transformation.Table),
            "PartialObjectMetadata" or "PartialObjectMetadataList" => new MediaType(encoding, Transformation.PartialObjectMetadata),
            _ => null,
        };
    }
}
