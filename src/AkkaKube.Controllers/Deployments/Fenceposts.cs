using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;

namespace AkkaKube.Controllers.Deployments;

/// <summary>The numbers behind maxSurge and maxUnavailable.</summary>
internal static class Fenceposts
{
    /// <summary>A surge in percent is rounded up, unavailability down; if both come to nothing, one may be unavailable, or nothing would ever move.</summary>
    public static (int Surge, int Unavailable) Resolve(RollingUpdateDeployment? parameters, int desired)
    {
        var surge = parameters?.MaxSurge?.Scaled(desired, roundUp: true) ?? 0;
        var unavailable = parameters?.MaxUnavailable?.Scaled(desired, roundUp: false) ?? 0;
        return surge == 0 && unavailable == 0 ? (0, 1) : (surge, unavailable);
    }
}
