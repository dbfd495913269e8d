using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>Environment variables of a container and where they come from.</summary>
internal static class EnvironmentValidation
{
    public static void Check(FieldErrors errors, FieldPath path, ValueList<EnvVar> variables, VolumeNames volumes)
    {
        for (var i = 0; i < variables.Count; i++)
        {
            var variable = variables[i];
            if (variable.Name.Length == 0) errors.Required(path.Index(i).Child("name"));
            else if (Names.EnvironmentVariable(variable.Name) is { Length: > 0 } wrong) errors.Invalid(path.Index(i).Child("name"), variable.Name, wrong);
            if (variable.ValueFrom is { } source) CheckSource(errors, path.Index(i).Child("valueFrom"), variable, source, volumes);
        }
    }

    public static void CheckFrom(FieldErrors errors, FieldPath path, ValueList<EnvFromSource> sources)
    {
        for (var i = 0; i < sources.Count; i++)
        {
            var source = sources[i];
            if (!string.IsNullOrEmpty(source.Prefix)) errors.Invalid(path.Index(i).Child("prefix"), source.Prefix, Names.EnvironmentVariable(source.Prefix));
            if (source.ConfigMapRef is { } configMap) CheckReference(errors, path.Index(i).Child("configMapRef"), configMap.Name);
            if (source.SecretRef is { } secret) CheckReference(errors, path.Index(i).Child("secretRef"), secret.Name);
            if (source is { ConfigMapRef: null, SecretRef: null }) errors.Invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
            else if (source is { ConfigMapRef: not null, SecretRef: not null }) errors.Invalid(path, "", "may not have more than one field specified at a time");
        }
    }

    private static void CheckSource(FieldErrors errors, FieldPath path, EnvVar variable, EnvVarSource source, VolumeNames volumes)
    {
        var count = 0;
        if (source.FieldRef is { } field)
        {
            count++;
            FieldReferences.CheckEnvironmentField(errors, path.Child("fieldRef"), field);
        }
        if (source.ResourceFieldRef is { } resource)
        {
            count++;
            FieldReferences.CheckResource(errors, path.Child("resourceFieldRef"), resource, volume: false);
        }
        if (source.ConfigMapKeyRef is { } configMap)
        {
            count++;
            CheckKey(errors, path.Child("configMapKeyRef"), configMap.Name, configMap.Key);
        }
        if (source.SecretKeyRef is { } secret)
        {
            count++;
            CheckKey(errors, path.Child("secretKeyRef"), secret.Name, secret.Key);
        }
        if (source.FileKeyRef is { } file)
        {
            count++;
            CheckFile(errors, path.Child("fileKeyRef"), file, volumes);
        }
        if (count == 0) errors.Invalid(path, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`");
        else if (!string.IsNullOrEmpty(variable.Value)) errors.Invalid(path, "", "may not be specified when `value` is not empty");
        else if (count > 1) errors.Invalid(path, "", "may not have more than one field specified at a time");
    }

    private static void CheckReference(FieldErrors errors, FieldPath path, string? name)
    {
        if (string.IsNullOrEmpty(name)) errors.Required(path.Child("name"));
        else errors.Invalid(path.Child("name"), name, Names.SubdomainName(name, true));
    }

    private static void CheckKey(FieldErrors errors, FieldPath path, string? name, string key)
    {
        if (!Names.IsSubdomain(name ?? "")) errors.Invalid(path.Child("name"), name, Names.Subdomain(name ?? ""));
        if (key.Length == 0) errors.Required(path.Child("key"));
        else errors.Invalid(path.Child("key"), key, Names.ConfigKey(key));
    }

    private static void CheckFile(FieldErrors errors, FieldPath path, FileKeySelector file, VolumeNames volumes)
    {
        if (file.VolumeName.Length == 0) errors.Required(path.Child("volumeName"));
        else if (volumes.Find(file.VolumeName) is not { } volume) errors.NotFound(path.Child("volumeName"), file.VolumeName);
        else if (volume.EmptyDir is null) errors.Invalid(path.Child("volumeName"), file.VolumeName, "referenced volume must be of type emptyDir");
        if (file.Path.Length == 0) errors.Required(path.Child("path"));
        else LocalPaths.CheckNotReserved(errors, path.Child("path"), file.Path);
        if (file.Key.Length == 0) errors.Required(path.Child("key"));
        else errors.Invalid(path.Child("key"), file.Key, Names.EnvironmentVariable(file.Key));
    }
}
