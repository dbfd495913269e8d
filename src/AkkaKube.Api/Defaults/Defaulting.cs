using AkkaKube.Api.Schema;

namespace AkkaKube.Api.Defaults;

/// <summary>
/// Fills in what a client left out. For each struct of an object: first the kind's own rules (a function beside this file), then the defaults
/// that the model declares, then the structs inside.
/// </summary>
public static class Defaulting
{
    private static readonly Dictionary<string, Action<JsonMap>> Rules = new()
    {
        ["core.v1.Pod"] = PodDefaults.Apply,
        ["core.v1.PodSpec"] = PodDefaults.ApplyToSpec,
        ["core.v1.PodStatus"] = PodDefaults.ApplyToStatus,
        ["core.v1.Secret"] = SecretDefaults.Apply,
        ["core.v1.NodeSpec"] = NodeDefaults.ApplyToSpec,
        ["core.v1.Container"] = ContainerDefaults.Apply,
        ["core.v1.EphemeralContainer"] = ContainerDefaults.Apply,
        ["core.v1.Volume"] = VolumeDefaults.Apply,
        ["core.v1.Service"] = ServiceDefaults.Apply,
        ["core.v1.ServicePort"] = ServiceDefaults.ApplyToPort,
        ["core.v1.Namespace"] = NamespaceDefaults.Apply,
        ["core.v1.NodeStatus"] = NodeDefaults.ApplyToStatus,
        ["apps.v1.DeploymentStrategy"] = DeploymentDefaults.ApplyToStrategy,
    };

    /// <summary>Fills in the defaults of an object in Go's form; it stays in Go's form.</summary>
    public static void Apply(ResourceType type, JsonMap o) => Apply(type.Schema, o);

    /// <summary>Fills in the defaults of a struct.</summary>
    public static void Apply(TypeSchema schema, JsonMap o)
    {
        if (Plan.Of(schema) is { } plan)
            Apply(plan, o);
    }

    private static void Apply(Plan plan, JsonMap o)
    {
        plan.Rule?.Invoke(o);
        foreach (var field in plan.Declared)
        {
            if (!o.TryGet(field.Name, out var value) || value is null || (!field.IsPointer && value is "" or 0L))
                o[field.Name] = Tree.Clone(field.Default);
        }

        foreach (var (field, inner) in plan.Inner)
        {
            if (!o.TryGet(field.Name, out var value) || value is null)
                continue;
            if (inner is null)
                ResourceLists.RoundUp(value as JsonMap);
            else
                ApplyInside(inner, value);
        }
    }

    private static void ApplyInside(Plan plan, object value)
    {
        switch (value)
        {
            case JsonList list:
                foreach (var item in list)
                {
                    if (item is JsonMap map)
                        Apply(plan, map);
                }

                break;
            case JsonMap map when plan.IsMap:
                foreach (var (_, item) in map.Entries)
                {
                    if (item is JsonMap inner)
                        Apply(plan, inner);
                }

                break;
            case JsonMap map:
                Apply(plan, map);
                break;
        }
    }

    /// <summary>What there is to do for a type; made once, null for a type without any default in it.</summary>
    private sealed class Plan
    {
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Plan?> Made = new();

        public Action<JsonMap>? Rule { get; private init; }

        public FieldSchema[] Declared { get; private init; } = [];

        /// <summary>The fields with more to do inside; null for a list of resources.</summary>
        public (FieldSchema Field, Plan? Plan)[] Inner { get; private init; } = [];

        public bool IsMap { get; private init; }

        public static Plan? Of(TypeSchema type) => Made.TryGetValue(type.FullName, out var plan) ? plan : Made.GetOrAdd(type.FullName, Make(type));

        private static Plan? Make(TypeSchema type)
        {
            var inner = new List<(FieldSchema, Plan?)>();
            foreach (var field in type.Fields)
            {
                if (field.Value.GoType == "v1.ResourceList")
                    inner.Add((field, null));
                else if (Struct(field.Value) is { } innerType && innerType.FullName != type.FullName && Of(innerType) is { } plan)
                    inner.Add((field, field.Value.Kind == ValueKind.Map ? plan.OfMap() : plan));
            }

            var made = new Plan
            {
                Rule = Rules.GetValueOrDefault(type.FullName),
                Declared = [.. type.Fields.Where(field => field.Default is not null)],
                Inner = [.. inner],
            };
            return made.Rule is null && made.Declared.Length == 0 && made.Inner.Length == 0 ? null : made;
        }

        private Plan OfMap() => new() { Rule = Rule, Declared = Declared, Inner = Inner, IsMap = true };

        private static TypeSchema? Struct(ValueSchema value) => value.Kind switch
        {
            ValueKind.Struct => value.Struct,
            ValueKind.List or ValueKind.Map => Struct(value.Element!),
            _ => null,
        };
    }
}
