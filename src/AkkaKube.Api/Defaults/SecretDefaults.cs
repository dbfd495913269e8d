namespace AkkaKube.Api.Defaults;

/// <summary>What a Secret says in plain text goes over its data.</summary>
internal static class SecretDefaults
{
    public static void Apply(JsonMap secret)
    {
        if (secret.Map("stringData") is not { } texts)
            return;
        foreach (var (key, text) in texts.Entries)
            secret.Need("data")[key] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text as string ?? ""));
        secret.Remove("stringData");
    }
}
