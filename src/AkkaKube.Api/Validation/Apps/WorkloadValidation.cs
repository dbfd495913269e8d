using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Api.Validation.Core;

namespace AkkaKube.Api.Validation.Apps;

/// <summary>What deployments and replica sets have in common: a selector and a template that fits it.</summary>
internal static class WorkloadValidation
{
    public static void CheckSelectorAndTemplate(FieldErrors errors, FieldPath spec, LabelSelector? selector, PodTemplateSpec template, in PodValidationOptions options)
    {
        var path = spec.Child("selector");
        if (selector is null) errors.Required(path);
        else
        {
            Labels.CheckSelector(errors, path, selector);
            if (selector.MatchLabels.Count + selector.MatchExpressions.Count == 0)
                errors.InvalidShown(path, GoText.Selector(selector), "empty selector is invalid for deployment");
            if (!Labels.IsUsable(selector))
            {
                errors.InvalidShown(path, GoText.Selector(selector), "invalid label selector");
                return;
            }
        }
        CheckTemplate(errors, spec.Child("template"), selector, template, options);
    }

    private static void CheckTemplate(FieldErrors errors, FieldPath path, LabelSelector? selector, PodTemplateSpec template, in PodValidationOptions options)
    {
        // No selector selects nothing, an empty one everything: only the latter is no question to the template.
        var isEmpty = selector is not null && selector.MatchLabels.Count + selector.MatchExpressions.Count == 0;
        if (!isEmpty && !(selector is not null && Labels.Selects(selector, template.Metadata.Labels)))
            errors.InvalidShown(path.Child("metadata", "labels"), GoText.Map(template.Metadata.Labels), "`selector` does not match template `labels`");
        PodTemplateValidation.Check(errors, path, template, options);
        if (template.Spec.RestartPolicy != "Always") errors.NotSupported(path.Child("spec", "restartPolicy"), template.Spec.RestartPolicy, "Always");
        if (template.Spec.ActiveDeadlineSeconds is not null)
            errors.Forbidden(path.Child("spec", "activeDeadlineSeconds"), "activeDeadlineSeconds in ReplicaSet is not Supported");
    }

    /// <summary>The counts of a status: none negative, none of a part above that of the whole.</summary>
    public static void CheckCount(FieldErrors errors, FieldPath status, string field, int count, int replicas)
    {
        if (count > replicas) errors.Invalid(status.Child(field), count, "cannot be greater than status.replicas");
    }
}
