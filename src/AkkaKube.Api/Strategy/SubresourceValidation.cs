using AkkaKube.Api.Autoscaling.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Validation;
using AkkaKube.Api.Validation.Autoscaling;
using AkkaKube.Api.Validation.Core;

namespace AkkaKube.Api.Strategy;

/// <summary>What is wrong with objects that are sent to a subresource and never stored themselves.</summary>
public static class SubresourceValidation
{
    /// <summary>Of a pod to a node.</summary>
    public static IReadOnlyList<FieldError> Validate(Binding binding)
    {
        var errors = new FieldErrors();
        BindingValidation.Check(errors, binding);
        return errors.Found;
    }

    /// <summary>Of a workload.</summary>
    public static IReadOnlyList<FieldError> Validate(Scale scale)
    {
        var errors = new FieldErrors();
        ScaleValidation.Check(errors, scale);
        return errors.Found;
    }
}
