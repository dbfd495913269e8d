namespace AkkaKube.Api.Defaults;

/// <summary>A rolling update has its parameters (their values are declared in the model).</summary>
internal static class DeploymentDefaults
{
    public static void ApplyToStrategy(JsonMap strategy)
    {
        if (strategy.Text("type") is null or "" or "RollingUpdate")
            strategy.Need("rollingUpdate");
    }
}
