using System.Text.Json;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>Secrets: as ConfigMaps, and what each type must hold.</summary>
internal static class SecretValidation
{
    private const string ServiceAccountName = "kubernetes.io/service-account.name";
    private const string Redacted = "<secret contents redacted>";

    private static readonly FieldPath Data = new("data");

    public static void Check(FieldErrors errors, Secret secret)
    {
        ObjectMetaValidation.CheckCore(errors, secret.Metadata, namespaced: true, Names.SubdomainName);
        long size = 0;
        foreach (var (key, value) in secret.Data)
        {
            if (Names.ConfigKey(key) is { Length: > 0 } wrong) errors.Invalid(Data.Key(key), key, wrong);
            size += value.Length;
        }
        if (size > ConfigMapValidation.SizeLimit) errors.TooLong(Data, ConfigMapValidation.SizeLimit);
        CheckType(errors, secret);
    }

    public static void CheckUpdate(FieldErrors errors, Secret secret, Secret old)
    {
        ObjectMetaValidation.CheckCoreUpdate(errors, secret.Metadata, old.Metadata);
        if ((secret.Type ?? "") != (old.Type ?? "")) errors.Invalid(new FieldPath("type"), secret.Type, Rules.Immutable);
        if (old.Immutable is true)
        {
            if (secret.Immutable is not true) errors.Forbidden(new FieldPath("immutable"), ConfigMapValidation.ImmutableWhenSet);
            if (secret.Data != old.Data) errors.Forbidden(Data, ConfigMapValidation.ImmutableWhenSet);
        }
        Check(errors, secret);
    }

    private static void CheckType(FieldErrors errors, Secret secret)
    {
        switch (secret.Type)
        {
            case "kubernetes.io/service-account-token":
                if (!secret.Metadata.Annotations.TryGetValue(ServiceAccountName, out var account) || account.Length == 0)
                    errors.Required(ObjectMetaValidation.Metadata.Child("annotations").Key(ServiceAccountName));
                break;
            case "kubernetes.io/dockercfg":
                CheckJson(errors, secret, ".dockercfg");
                break;
            case "kubernetes.io/dockerconfigjson":
                CheckJson(errors, secret, ".dockerconfigjson");
                break;
            case "kubernetes.io/basic-auth":
                if (secret.Data.ContainsKey("username") || secret.Data.ContainsKey("password")) break;
                errors.Required(Data.Key("username"));
                errors.Required(Data.Key("password"));
                break;
            case "kubernetes.io/ssh-auth":
                if (!secret.Data.TryGetValue("ssh-privatekey", out var key) || key.Length == 0) errors.Required(Data.Key("ssh-privatekey"));
                break;
            case "kubernetes.io/tls":
                if (!secret.Data.ContainsKey("tls.crt")) errors.Required(Data.Key("tls.crt"));
                if (!secret.Data.ContainsKey("tls.key")) errors.Required(Data.Key("tls.key"));
                break;
        }
    }

    private static void CheckJson(FieldErrors errors, Secret secret, string key)
    {
        if (!secret.Data.TryGetValue(key, out var content))
        {
            errors.Required(Data.Key(key));
            return;
        }
        if (JsonProblem(content.Span) is { } problem) errors.Invalid(Data.Key(key), Redacted, problem);
    }

    /// <summary>What Go's decoder says of content that is no JSON object.</summary>
    private static string? JsonProblem(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content);
        try
        {
            if (!reader.Read()) return "unexpected end of JSON input";
            var type = reader.TokenType;
            reader.Skip();
            while (reader.Read()) { }
            return type switch
            {
                JsonTokenType.StartObject or JsonTokenType.Null => null,
                JsonTokenType.StartArray => "json: cannot unmarshal array into Go value of type map[string]interface {}",
                JsonTokenType.String => "json: cannot unmarshal string into Go value of type map[string]interface {}",
                JsonTokenType.Number => "json: cannot unmarshal number into Go value of type map[string]interface {}",
                _ => "json: cannot unmarshal bool into Go value of type map[string]interface {}",
            };
        }
        catch (JsonException)
        {
            var at = (int)reader.BytesConsumed;
            while (at < content.Length && char.IsWhiteSpace((char)content[at])) at++;
            return at >= content.Length ? "unexpected end of JSON input" : $"invalid character '{(char)content[at]}' looking for beginning of value";
        }
    }
}
