using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>Taints of nodes and the tolerations of pods for them.</summary>
internal static class TolerationValidation
{
    private static readonly string[] Effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

    public static void Check(FieldErrors errors, FieldPath path, ValueList<Toleration> tolerations)
    {
        for (var i = 0; i < tolerations.Count; i++)
        {
            var toleration = tolerations[i];
            if (!string.IsNullOrEmpty(toleration.Key))
            {
                if (Labels.Key(toleration.Key) is { Length: > 0 } wrong) errors.Invalid(path.Index(i).Child("key"), toleration.Key, wrong);
            }
            else if (toleration.Operator != "Exists")
                errors.Invalid(path.Index(i).Child("operator"), toleration.Operator, "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
            if (toleration.TolerationSeconds is not null && toleration.Effect != "NoExecute")
                errors.Invalid(path.Index(i).Child("effect"), toleration.Effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
            switch (toleration.Operator)
            {
                case null or "" or "Equal":
                    if (Labels.Value(toleration.Value ?? "") is { Length: > 0 } bad) errors.Invalid(path.Index(i).Child("operator"), toleration.Value, string.Join(";", bad));
                    break;
                case "Exists":
                    if (!string.IsNullOrEmpty(toleration.Value)) errors.Invalid(path.Index(i).Child("operator"), toleration.Value, "value must be empty when `operator` is 'Exists'");
                    break;
                default:
                    errors.NotSupported(path.Index(i).Child("operator"), toleration.Operator, "Equal", "Exists");
                    break;
            }
            if (!string.IsNullOrEmpty(toleration.Effect)) CheckEffect(errors, path.Index(i), toleration.Effect);
        }
    }

    /// <summary>An update may add tolerations, and change how long one holds; nothing else.</summary>
    public static void CheckOnlyAdded(FieldErrors errors, FieldPath path, ValueList<Toleration> tolerations, ValueList<Toleration> old)
    {
        foreach (var had in old)
        {
            var found = false;
            foreach (var has in tolerations) found |= has == had with { TolerationSeconds = has.TolerationSeconds };
            if (found) continue;
            errors.Forbidden(path, "existing toleration can not be modified except its tolerationSeconds");
            return;
        }
        Check(errors, path, tolerations);
    }

    public static void CheckTaints(FieldErrors errors, FieldPath path, ValueList<Taint> taints)
    {
        var seen = new HashSet<(string, string)>();
        for (var i = 0; i < taints.Count; i++)
        {
            var taint = taints[i];
            Labels.CheckKey(errors, path.Index(i).Child("key"), taint.Key);
            if (Labels.Value(taint.Value ?? "") is { Length: > 0 } wrong) errors.Invalid(path.Index(i).Child("value"), taint.Value, string.Join(";", wrong));
            if (taint.Effect.Length == 0) errors.Required(path.Index(i).Child("effect"));
            else CheckEffect(errors, path.Index(i), taint.Effect);
            if (!seen.Add((taint.Effect, taint.Key)))
                errors.Add(FieldError.DuplicateShown(path.Index(i),
                    $"{{\"Key\":{GoText.Json(taint.Key)},\"Value\":{GoText.Json(taint.Value)},\"Effect\":{GoText.Json(taint.Effect)},\"TimeAdded\":{GoText.Time(taint.TimeAdded)}}}",
                    "taints must be unique by key and effect pair"));
        }
    }

    private static void CheckEffect(FieldErrors errors, FieldPath path, string effect)
    {
        if (Array.IndexOf(Effects, effect) < 0) errors.NotSupported(path.Child("effect"), effect, Effects);
    }
}
