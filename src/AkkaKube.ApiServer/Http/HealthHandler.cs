using System.Text;
using Akka.Actor;
using Microsoft.AspNetCore.Http;

namespace AkkaKube.ApiServer.Http;

/// <summary>Answers /healthz, /livez and /readyz, whole or check by check.</summary>
internal sealed class HealthHandler(ApiGateway gateway)
{
    private static readonly string[] Checks = ["ping", "log", "etcd", "poststarthook/start-system-namespaces-controller"];

    public async Task Handle(HttpContext context, string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var endpoint = parts[0];
        var only = parts.Length > 1 ? string.Join('/', parts[1..]) : null;
        string[] checks = endpoint == "readyz" ? [.. Checks, .. gateway.InCluster ? ["cluster"] : Array.Empty<string>(), "shutdown"] : Checks;
        if (only is not null && !checks.Contains(only)) { await Answer.WriteText(context, 404, "404 page not found\n").ConfigureAwait(false); return; }
        var excluded = context.Request.Query["exclude"].ToHashSet();
        var hindrance = gateway.Hindrance();
        // A host that is cut off lives: what would have to ask others is not asked then.
        var readiness = hindrance is null ? await Readiness(context.RequestAborted).ConfigureAwait(false) : null;
        var text = new StringBuilder();
        var failed = false;
        foreach (var check in checks)
        {
            if (only is not null && check != only) continue;
            if (excluded.Contains(check)) { text.Append(System.Globalization.CultureInfo.InvariantCulture, $"[+]{check} excluded: ok\n"); continue; }
            var good = check switch
            {
                "shutdown" => !gateway.Stopping.IsCancellationRequested,
                "cluster" => hindrance is null,
                "etcd" => readiness is not null || (endpoint != "readyz" && hindrance is not null),
                "poststarthook/start-system-namespaces-controller" => endpoint == "livez" || readiness?.IsReady == true || (endpoint != "readyz" && hindrance is not null),
                _ => true,
            };
            failed |= !good;
            text.Append(good ? $"[+]{check} ok\n" : $"[-]{check} failed: {(check == "cluster" ? hindrance : "reason withheld")}\n");
        }
        if (failed)
        {
            await Answer.WriteText(context, 500, text + $"{endpoint} check failed\n").ConfigureAwait(false);
            return;
        }
        await Answer.WriteText(context, 200, context.Request.Query.ContainsKey("verbose") ? text + $"{endpoint} check passed\n" : "ok").ConfigureAwait(false);
    }

    private async Task<ApiServerActor.Readiness?> Readiness(CancellationToken aborted)
    {
        try { return await gateway.ApiServer.Ask<ApiServerActor.Readiness>(new ApiServerActor.GetReadiness(), gateway.Settings.FreshnessTimeout, aborted).ConfigureAwait(false); }
        catch (AskTimeoutException) { return null; }
    }
}
