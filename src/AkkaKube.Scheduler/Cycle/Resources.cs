using AkkaKube.Api;

namespace AkkaKube.Scheduler.Cycle;

/// <summary>An amount of each resource in the unit the scheduler computes with: cpu in thousandths, all else in whole units.</summary>
internal sealed class Resources
{
    /// <summary>What a container is counted with in scores where it requests no cpu (Kubernetes: DefaultMilliCPURequest).</summary>
    public const long DefaultMilliCpu = 100;

    /// <summary>What a container is counted with in scores where it requests no memory: 200 MiB (DefaultMemoryRequest).</summary>
    public const long DefaultMemory = 200L * 1024 * 1024;

    private static readonly Dictionary<string, long> None = [];

    private Dictionary<string, long>? _extended;

    public long MilliCpu { get; private set; }

    public long Memory { get; private set; }

    public long EphemeralStorage { get; private set; }

    /// <summary>How many pods a node takes; 0 in a pod's requests.</summary>
    public long Pods { get; private set; }

    /// <summary>All other resources, e.g. <c>example.com/gpu</c> or <c>hugepages-2Mi</c>.</summary>
    public Dictionary<string, long> Extended => _extended ?? None;

    public bool IsNothing => MilliCpu == 0 && Memory == 0 && EphemeralStorage == 0 && (_extended is null || _extended.Count == 0);

    public static Resources Of(ValueMap<Quantity> quantities)
    {
        var sum = new Resources();
        foreach (var (name, quantity) in quantities) sum[name] = name == "cpu" ? quantity.MilliValue : quantity.Value;
        return sum;
    }

    public long this[string name]
    {
        get => name switch
        {
            "cpu" => MilliCpu,
            "memory" => Memory,
            "ephemeral-storage" => EphemeralStorage,
            "pods" => Pods,
            _ => _extended is not null && _extended.TryGetValue(name, out var amount) ? amount : 0,
        };
        private set
        {
            switch (name)
            {
                case "cpu": MilliCpu = value; break;
                case "memory": Memory = value; break;
                case "ephemeral-storage": EphemeralStorage = value; break;
                case "pods": Pods = value; break;
                default: (_extended ??= [])[name] = value; break;
            }
        }
    }

    public void Add(Resources other) => Accumulate(other, 1);

    public void Subtract(Resources other) => Accumulate(other, -1);

    /// <summary>The larger of the two, resource by resource.</summary>
    public void RaiseTo(Resources other)
    {
        MilliCpu = Math.Max(MilliCpu, other.MilliCpu);
        Memory = Math.Max(Memory, other.Memory);
        EphemeralStorage = Math.Max(EphemeralStorage, other.EphemeralStorage);
        if (other._extended is null) return;
        foreach (var (name, amount) in other._extended) this[name] = Math.Max(this[name], amount);
    }

    /// <summary>Takes the amounts of <paramref name="other"/> for the resources that it names.</summary>
    public void Replace(ValueMap<Quantity> other)
    {
        foreach (var (name, quantity) in other) this[name] = name == "cpu" ? quantity.MilliValue : quantity.Value;
    }

    /// <summary>These amounts with the defaults for cpu or memory where none is requested.</summary>
    public static Resources WithDefaults(ValueMap<Quantity> requests)
    {
        var amounts = Of(requests);
        if (!requests.ContainsKey("cpu")) amounts.MilliCpu = DefaultMilliCpu;
        if (!requests.ContainsKey("memory")) amounts.Memory = DefaultMemory;
        return amounts;
    }

    private void Accumulate(Resources other, int sign)
    {
        MilliCpu += sign * other.MilliCpu;
        Memory += sign * other.Memory;
        EphemeralStorage += sign * other.EphemeralStorage;
        if (other._extended is null) return;
        foreach (var (name, amount) in other._extended) this[name] += sign * amount;
    }
}
