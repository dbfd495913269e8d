using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>The binding of a pod to a node.</summary>
internal static class BindingValidation
{
    private static readonly FieldPath Target = new("target");

    public static void Check(FieldErrors errors, Binding binding)
    {
        if (binding.Target.Kind is { Length: > 0 } kind && kind != "Node") errors.NotSupported(Target.Child("kind"), kind, "Node", "<empty>");
        if (string.IsNullOrEmpty(binding.Target.Name)) errors.Required(Target.Child("name"));
    }
}
