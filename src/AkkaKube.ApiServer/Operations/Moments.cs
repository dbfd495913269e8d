namespace AkkaKube.ApiServer.Operations;

/// <summary>Times as objects carry them.</summary>
internal static class Moments
{
    /// <summary>In UTC and whole seconds.</summary>
    public static DateTimeOffset ToSeconds(this DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
