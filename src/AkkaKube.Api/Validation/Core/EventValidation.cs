using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>Events as <c>v1</c> takes them; those with an event time are of the newer kind and must say who reports what.</summary>
internal static class EventValidation
{
    private const int Limit = 128;
    private const int MessageLimit = 1024;
    private const string OtherNamespace = "does not match event.namespace";

    public static void Check(FieldErrors errors, Event e)
    {
        var (own, involved) = (e.Metadata.Namespace ?? "", e.InvolvedObject.Namespace ?? "");
        var path = new FieldPath("involvedObject").Child("namespace");
        if (e.EventTime is null)
        {
            var fits = involved.Length == 0 ? own is "" or "default" : own == involved;
            if (!fits) errors.Invalid(path, involved, OtherNamespace);
        }
        else
        {
            if (involved.Length == 0 && own is not ("default" or "kube-system")) errors.Invalid(path, involved, OtherNamespace);
            if (string.IsNullOrEmpty(e.ReportingComponent)) errors.Required(new FieldPath("reportingController"));
            errors.Invalid(new FieldPath("reportingController"), e.ReportingComponent, Labels.Key(e.ReportingComponent ?? ""));
            CheckText(errors, "reportingInstance", e.ReportingInstance);
            CheckText(errors, "action", e.Action);
            CheckText(errors, "reason", e.Reason);
            if (Names.Bytes(e.Message ?? "") > MessageLimit) errors.Invalid(new FieldPath("message"), "", $"can have at most {MessageLimit} characters");
        }
        if (!Names.IsSubdomain(own)) errors.Invalid(new FieldPath("namespace"), own, Names.Subdomain(own));
    }

    private static void CheckText(FieldErrors errors, string field, string? value)
    {
        if (string.IsNullOrEmpty(value)) errors.Required(new FieldPath(field));
        else if (Names.Bytes(value) > Limit) errors.Invalid(new FieldPath(field), "", $"can have at most {Limit} characters");
    }
}
