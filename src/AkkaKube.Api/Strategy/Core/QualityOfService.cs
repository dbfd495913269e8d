using AkkaKube.Api.Core.V1;

namespace AkkaKube.Api.Strategy.Core;

/// <summary>The quality of service a pod is promised, by the cpu and memory it asks for and is limited to.</summary>
internal static class QualityOfService
{
    public const string Guaranteed = "Guaranteed";
    public const string Burstable = "Burstable";
    public const string BestEffort = "BestEffort";

    public static string Of(PodSpec spec)
    {
        Amounts requests = default, limits = default;
        var isLimited = true;
        if (spec.Resources is { } whole)
        {
            requests.Add(whole.Requests);
            limits.Add(whole.Limits);
            isLimited = whole.Limits.Count == 0 || IsLimited(whole.Limits);
        }
        else
        {
            foreach (var container in spec.Containers) Count(container.Resources);
            foreach (var container in spec.InitContainers) Count(container.Resources);
        }
        if (requests.IsEmpty && limits.IsEmpty) return BestEffort;
        return isLimited && requests == limits ? Guaranteed : Burstable;

        void Count(ResourceRequirements resources)
        {
            requests.Add(resources.Requests);
            limits.Add(resources.Limits);
            isLimited &= IsLimited(resources.Limits);
        }
    }

    private static bool IsLimited(ValueMap<Quantity> limits) =>
        limits.TryGetValue("cpu", out var cpu) && !cpu.IsZero && limits.TryGetValue("memory", out var memory) && !memory.IsZero;

    private record struct Amounts(Quantity Cpu, Quantity Memory)
    {
        public readonly bool IsEmpty => Cpu.IsZero && Memory.IsZero;

        public void Add(ValueMap<Quantity> resources)
        {
            if (resources.TryGetValue("cpu", out var cpu)) Cpu += cpu;
            if (resources.TryGetValue("memory", out var memory)) Memory += memory;
        }
    }
}
