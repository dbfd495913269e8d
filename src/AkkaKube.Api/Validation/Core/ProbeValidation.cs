using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>Probes and lifecycle hooks: what is done, and how often.</summary>
internal static class ProbeValidation
{
    private const string OneHandler = "may not specify more than 1 handler type";

    /// <summary>The three probes of a container that may have them.</summary>
    public static void Check(FieldErrors errors, FieldPath path, Container container, long? gracePeriod)
    {
        if (container.Lifecycle is { } lifecycle) CheckLifecycle(errors, path.Child("lifecycle"), lifecycle, gracePeriod);
        if (container.LivenessProbe is { } liveness)
        {
            CheckProbe(errors, path.Child("livenessProbe"), liveness);
            CheckSucceedsAtOnce(errors, path.Child("livenessProbe"), liveness);
        }
        if (container.ReadinessProbe is { } readiness)
        {
            CheckProbe(errors, path.Child("readinessProbe"), readiness);
            if (readiness.TerminationGracePeriodSeconds is { } grace)
                errors.Invalid(path.Child("readinessProbe", "terminationGracePeriodSeconds"), grace, "must not be set for readinessProbes");
        }
        if (container.StartupProbe is { } startup)
        {
            CheckProbe(errors, path.Child("startupProbe"), startup);
            CheckSucceedsAtOnce(errors, path.Child("startupProbe"), startup);
        }
    }

    /// <summary>A port by its number or by its name.</summary>
    public static void CheckPort(FieldErrors errors, FieldPath path, IntOrString port)
    {
        if (port.IsString)
        {
            if (Names.PortName(port.StringValue) is { Length: > 0 } wrong) errors.Invalid(path, port.StringValue, wrong);
        }
        else if (!Rules.IsPort(port.IntValue)) errors.Invalid(path, port.IntValue, Rules.BetweenPorts);
    }

    private static void CheckSucceedsAtOnce(FieldErrors errors, FieldPath path, Probe probe)
    {
        if (probe.SuccessThreshold != 1) errors.Invalid(path.Child("successThreshold"), probe.SuccessThreshold, "must be 1");
    }

    private static void CheckProbe(FieldErrors errors, FieldPath path, Probe probe)
    {
        var handlers = new Handlers(errors, path);
        handlers.Exec(probe.Exec);
        handlers.HttpGet(probe.HttpGet);
        handlers.TcpSocket(probe.TcpSocket);
        if (handlers.Is(probe.Grpc, "grpc") && !Rules.IsPort(probe.Grpc!.Port)) errors.Invalid(path.Child("grpc", "port"), probe.Grpc.Port, Rules.BetweenPorts);
        handlers.RequireOne();
        errors.NonNegative(path, "initialDelaySeconds", probe.InitialDelaySeconds);
        errors.NonNegative(path, "timeoutSeconds", probe.TimeoutSeconds);
        errors.NonNegative(path, "periodSeconds", probe.PeriodSeconds);
        errors.NonNegative(path, "successThreshold", probe.SuccessThreshold);
        errors.NonNegative(path, "failureThreshold", probe.FailureThreshold);
        if (probe.TerminationGracePeriodSeconds is { } grace and <= 0) errors.Invalid(path.Child("terminationGracePeriodSeconds"), grace, "must be greater than 0");
    }

    private static void CheckLifecycle(FieldErrors errors, FieldPath path, Lifecycle lifecycle, long? gracePeriod)
    {
        if (lifecycle.PostStart is { } start) CheckHook(errors, path.Child("postStart"), start, gracePeriod);
        if (lifecycle.PreStop is { } stop) CheckHook(errors, path.Child("preStop"), stop, gracePeriod);
    }

    private static void CheckHook(FieldErrors errors, FieldPath path, LifecycleHandler hook, long? gracePeriod)
    {
        var handlers = new Handlers(errors, path);
        handlers.Exec(hook.Exec);
        handlers.HttpGet(hook.HttpGet);
        handlers.TcpSocket(hook.TcpSocket);
        if (handlers.Is(hook.Sleep, "sleep") && gracePeriod is { } grace && (hook.Sleep!.Seconds < 0 || hook.Sleep.Seconds > grace))
            errors.Invalid(path.Child("sleep"), hook.Sleep.Seconds, $"must be non-negative and less than terminationGracePeriodSeconds ({grace})");
        handlers.RequireOne();
    }

    /// <summary>The one thing that a probe or hook does.</summary>
    private ref struct Handlers(FieldErrors errors, FieldPath path)
    {
        private bool _any;

        public bool Is(object? handler, string name)
        {
            if (handler is null) return false;
            if (_any)
            {
                errors.Forbidden(path.Child(name), OneHandler);
                return false;
            }
            return _any = true;
        }

        public void Exec(ExecAction? exec)
        {
            if (Is(exec, "exec") && exec!.Command.Count == 0) errors.Required(path.Child("exec", "command"));
        }

        public void TcpSocket(TCPSocketAction? tcp)
        {
            if (Is(tcp, "tcpSocket")) CheckPort(errors, path.Child("tcpSocket", "port"), tcp!.Port);
        }

        public void HttpGet(HTTPGetAction? http)
        {
            if (!Is(http, "httpGet")) return;
            var place = path.Child("httpGet");
            if (string.IsNullOrEmpty(http!.Path)) errors.Required(place.Child("path"));
            CheckPort(errors, place.Child("port"), http.Port);
            if (http.Scheme is not ("HTTP" or "HTTPS")) errors.NotSupported(place.Child("scheme"), http.Scheme, "HTTP", "HTTPS");
            foreach (var header in http.HttpHeaders)
                if (Names.HttpHeader(header.Name) is { Length: > 0 } wrong) errors.Invalid(place.Child("httpHeaders"), header.Name, wrong);
        }

        public readonly void RequireOne()
        {
            if (!_any) errors.Required(path, "must specify a handler type");
        }
    }
}
