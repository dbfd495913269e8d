using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>The template that workloads make pods from (Kubernetes: ValidatePodTemplateSpec).</summary>
internal static class PodTemplateValidation
{
    public static void Check(FieldErrors errors, FieldPath path, PodTemplateSpec template, in PodValidationOptions options)
    {
        Labels.Check(errors, path.Child("labels"), template.Metadata.Labels);
        Labels.CheckAnnotations(errors, path.Child("annotations"), template.Metadata.Annotations);
        PodAnnotations.Check(errors, path.Child("annotations"), template.Metadata.Annotations, template.Spec, options);
        var spec = path.Child("spec");
        PodSpecValidation.Check(errors, spec, template.Spec, null, options);
        PodAnnotations.CheckAgainstFields(errors, spec, template.Metadata, template.Spec);
        if (template.Spec.EphemeralContainers.Count > 0) errors.Forbidden(spec.Child("ephemeralContainers"), "ephemeral containers not allowed in pod template");
    }
}
