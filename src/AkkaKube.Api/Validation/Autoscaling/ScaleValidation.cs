using AkkaKube.Api.Autoscaling.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Autoscaling;

/// <summary>The scale of a workload.</summary>
internal static class ScaleValidation
{
    public static void Check(FieldErrors errors, Scale scale)
    {
        ObjectMetaValidation.Check(errors, scale.Metadata, namespaced: true, Names.SubdomainName);
        errors.NonNegative(new FieldPath("spec"), "replicas", scale.Spec.Replicas);
    }
}
