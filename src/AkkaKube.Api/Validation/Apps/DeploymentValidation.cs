using System.Globalization;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Validation.Core;

namespace AkkaKube.Api.Validation.Apps;

/// <summary>Deployments: replicas, strategy, deadlines (Kubernetes: ValidateDeployment).</summary>
internal static class DeploymentValidation
{
    private static readonly FieldPath Spec = new("spec");
    private static readonly FieldPath Status = new("status");

    private const string NotPercent =
        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

    public static void CheckCreate(FieldErrors errors, Deployment deployment)
    {
        ObjectMetaValidation.CheckCore(errors, deployment.Metadata, namespaced: true, Names.SubdomainName);
        CheckSpec(errors, deployment.Spec, PodValidationOptions.ForCreate(isPod: false));
    }

    public static void CheckUpdate(FieldErrors errors, Deployment deployment, Deployment old)
    {
        ObjectMetaValidation.CheckCoreUpdate(errors, deployment.Metadata, old.Metadata);
        CheckSpec(errors, deployment.Spec, PodValidationOptions.ForUpdate(isPod: false, old.Spec.Template.Spec, old.Spec.Template.Metadata));
        if (deployment.Spec.Selector != old.Spec.Selector)
            errors.InvalidShown(Spec.Child("selector"), deployment.Spec.Selector is { } selector ? GoText.Selector(selector) : "null", Rules.Immutable);
    }

    private static void CheckSpec(FieldErrors errors, DeploymentSpec spec, in PodValidationOptions options)
    {
        errors.NonNegative(Spec, "replicas", spec.Replicas ?? 1);
        WorkloadValidation.CheckSelectorAndTemplate(errors, Spec, spec.Selector, spec.Template, options);
        CheckStrategy(errors, Spec.Child("strategy"), spec.Strategy);
        errors.NonNegative(Spec, "minReadySeconds", spec.MinReadySeconds);
        if (spec.RevisionHistoryLimit is { } limit) errors.NonNegative(Spec, "revisionHistoryLimit", limit);
        if (spec.ProgressDeadlineSeconds is not { } deadline) return;
        errors.NonNegative(Spec, "progressDeadlineSeconds", deadline);
        if (deadline <= spec.MinReadySeconds) errors.Invalid(Spec.Child("progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds");
    }

    private static void CheckStrategy(FieldErrors errors, FieldPath path, DeploymentStrategy strategy)
    {
        switch (strategy.Type)
        {
            case "Recreate":
                if (strategy.RollingUpdate is not null) errors.Forbidden(path.Child("rollingUpdate"), "may not be specified when strategy `type` is 'Recreate'");
                break;
            case "RollingUpdate":
                if (strategy.RollingUpdate is { } rolling) CheckRollingUpdate(errors, path.Child("rollingUpdate"), rolling);
                else errors.Required(path.Child("rollingUpdate"), "this should be defaulted and never be nil");
                break;
            default:
                errors.Add(FieldError.NotSupportedShown(path, Shown(strategy), ["Recreate", "RollingUpdate"]));
                break;
        }
    }

    private static string Shown(DeploymentStrategy strategy) =>
        $"{{\"Type\":{GoText.Json(strategy.Type)},\"RollingUpdate\":{(strategy.RollingUpdate is { } r ? $"{{\"MaxUnavailable\":{Shown(r.MaxUnavailable)},\"MaxSurge\":{Shown(r.MaxSurge)}}}" : "null")}}}";

    private static string Shown(IntOrString? value) =>
        value is not { } known ? "0" : known.IsString ? GoText.Json(known.StringValue) : ShownValue.Of(known.IntValue);

    private static void CheckRollingUpdate(FieldErrors errors, FieldPath path, RollingUpdateDeployment rolling)
    {
        CheckPositive(errors, path.Child("maxUnavailable"), rolling.MaxUnavailable);
        CheckPositive(errors, path.Child("maxSurge"), rolling.MaxSurge);
        if (Amount(rolling.MaxUnavailable) == 0 && Amount(rolling.MaxSurge) == 0)
            errors.InvalidShown(path.Child("maxUnavailable"), Shown(rolling.MaxUnavailable), "may not be 0 when `maxSurge` is 0");
        if (Percent(rolling.MaxUnavailable) > 100) errors.InvalidShown(path.Child("maxUnavailable"), Shown(rolling.MaxUnavailable), "must not be greater than 100%");
    }

    private static void CheckPositive(FieldErrors errors, FieldPath path, IntOrString? value)
    {
        if (value is not { } known) return;
        if (!known.IsString)
        {
            if (known.IntValue < 0) errors.Invalid(path, known.IntValue, Rules.IsNegative);
        }
        else if (!IsPercent(known.StringValue)) errors.InvalidShown(path, Shown(value), NotPercent);
    }

    private static bool IsPercent(string text)
    {
        if (text.Length < 2 || text[^1] != '%') return false;
        foreach (var c in text.AsSpan(0, text.Length - 1))
            if (!char.IsAsciiDigit(c)) return false;
        return true;
    }

    private static int Percent(IntOrString? value) =>
        value is { IsString: true } known && IsPercent(known.StringValue) && int.TryParse(known.StringValue.AsSpan(0, known.StringValue.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var percent)
            ? percent : 0;

    private static int Amount(IntOrString? value) => value is { IsString: false } known ? known.IntValue : Percent(value);

    public static void CheckStatusUpdate(FieldErrors errors, Deployment deployment, Deployment old)
    {
        ObjectMetaValidation.CheckCoreUpdate(errors, deployment.Metadata, old.Metadata);
        var status = deployment.Status;
        errors.NonNegative(Status, "observedGeneration", status.ObservedGeneration);
        errors.NonNegative(Status, "replicas", status.Replicas);
        errors.NonNegative(Status, "updatedReplicas", status.UpdatedReplicas);
        errors.NonNegative(Status, "readyReplicas", status.ReadyReplicas);
        errors.NonNegative(Status, "availableReplicas", status.AvailableReplicas);
        errors.NonNegative(Status, "unavailableReplicas", status.UnavailableReplicas);
        if (status.TerminatingReplicas is { } terminating) errors.NonNegative(Status, "terminatingReplicas", terminating);
        if (status.CollisionCount is { } collisions) errors.NonNegative(Status, "collisionCount", collisions);
        WorkloadValidation.CheckCount(errors, Status, "updatedReplicas", status.UpdatedReplicas, status.Replicas);
        WorkloadValidation.CheckCount(errors, Status, "readyReplicas", status.ReadyReplicas, status.Replicas);
        WorkloadValidation.CheckCount(errors, Status, "availableReplicas", status.AvailableReplicas, status.Replicas);
        if (status.AvailableReplicas > status.ReadyReplicas) errors.Invalid(Status.Child("availableReplicas"), status.AvailableReplicas, "cannot be greater than readyReplicas");
        if (old.Status.CollisionCount is { } before && (status.CollisionCount is not { } now || now < before))
            errors.Invalid(Status.Child("collisionCount"), status.CollisionCount ?? 0, "cannot be decremented");
    }
}
