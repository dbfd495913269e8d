using AkkaKube.Api;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Strategy;
using AkkaKube.ApiServer.Deletion;
using AkkaKube.Client.Requests;
using Microsoft.AspNetCore.Http;
using DeleteOptions = AkkaKube.Client.Requests.DeleteOptions;

namespace AkkaKube.ApiServer.Http;

/// <summary>Requests for resources: every verb on collections, objects and their subresources.</summary>
internal sealed class ResourceHandler(ApiGateway gateway)
{
    private const string Representations = "application/json, application/yaml, application/vnd.kubernetes.protobuf, application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch";

    private readonly WatchHandler _watches = new(gateway);
    private readonly LogHandler _logs = new(gateway);

    public Task Handle(HttpContext context, UserInfo user, RequestTarget target)
    {
        var resource = new GroupVersionResource(target.Group, target.Version, target.Resource);
        var type = ServedResources.Find(resource);
        if (!Authorizer.MayDoAll(user))
        {
            var verb = VerbOf(context.Request, target);
            return Answer.Write(context, Refusals.Forbidden(resource, target.Name ?? "", Authorizer.Explain(user, verb, target.Resource, target.Group, target.Namespace)));
        }
        if (type is null)
        {
            // A group of Kubernetes' own is missing as a part of the server, and a client gets a Status; any other is a path like any other.
            return ServedResources.HasGroupVersion(target.Group, target.Version) || IsOfKubernetes(target.Group)
                ? Answer.Write(context, Refusals.NoSuchResource())
                : Answer.WriteText(context, 404, "404 page not found\n");
        }
        // A namespaced resource without a namespace is its objects in all of them: lists and watches alone.
        if (type.Namespaced && target.Namespace is null && (target.Name is not null || context.Request.Method != "GET"))
        {
            return target.Name is null && context.Request.Method == "POST" ? Answer.Write(context, StatusErrors.MethodNotAllowed()) : Answer.Write(context, Refusals.NoSuchResource());
        }
        if (!type.Namespaced && target.Namespace is not null) return Answer.Write(context, Refusals.NoSuchResource());
        if (MediaType.Negotiate(context.Request.Headers.Accept) is not { } media)
        {
            if (target.Subresource != "log") return Answer.Write(context, Refusals.NotAcceptable(Representations));
            media = MediaType.Json;
        }
        // Whatever is asked of a resource that one should no longer use, and whatever comes of it.
        if (Strategies.Find(resource)?.Deprecation is { } deprecation) Answer.AddWarnings(context, [deprecation]);
        var call = new ResourceCall(context, user, type, target, media, gateway.Time.Now);
        return target switch
        {
            { Name: null } => HandleCollection(call),
            { Subresource: null } => HandleObject(call),
            _ => HandleSubresource(call),
        };
    }

    private Task HandleCollection(ResourceCall call) => call.Request.Method switch
    {
        "GET" or "HEAD" => ListOrWatch(call),
        "POST" => Create(call, Subresource.None),
        "DELETE" => DeleteCollection(call),
        _ => Answer.Write(call.Context, StatusErrors.MethodNotAllowed()),
    };

    private Task HandleObject(ResourceCall call) => call.Request.Method switch
    {
        "GET" or "HEAD" => Get(call, Subresource.None),
        "PUT" => Update(call, Subresource.None),
        "PATCH" => Patch(call, Subresource.None),
        "DELETE" => Delete(call),
        _ => Answer.Write(call.Context, StatusErrors.MethodNotAllowed()),
    };

    private Task HandleSubresource(ResourceCall call)
    {
        if (call.Type.Subresource(call.Target.Subresource!) is null) return Answer.Write(call.Context, Refusals.NoSuchResource());
        return (call.Target.Subresource, call.Request.Method) switch
        {
            ("status", "GET" or "HEAD") => Get(call, Subresource.Status),
            ("status", "PUT") => Update(call, Subresource.Status),
            ("status", "PATCH") => Patch(call, Subresource.Status),
            ("scale", "GET" or "HEAD") => Get(call, Subresource.Scale),
            ("scale", "PUT") => Update(call, Subresource.Scale),
            ("scale", "PATCH") => Patch(call, Subresource.Scale),
            ("finalize", "PUT") => Update(call, Subresource.Finalize),
            ("binding", "POST") => Create(call, Subresource.Binding),
            ("eviction", "POST") => Create(call, Subresource.Eviction),
            ("log", "GET") => _logs.Handle(call),
            _ => Answer.Write(call.Context, StatusErrors.MethodNotAllowed()),
        };
    }

    private async Task ListOrWatch(ResourceCall call)
    {
        var options = RequestOptions.List(call.Request);
        if (options.Watch || RequestTarget.IsOldWatch(call.Request.Path.Value!)) { await _watches.Handle(call, options, null).ConfigureAwait(false); return; }
        var reply = await gateway.Ask(
            new List(call.Type.Resource)
            {
                User = call.User,
                Namespace = call.Target.Namespace,
                LabelSelector = options.LabelSelector,
                FieldSelector = options.FieldSelector,
                ResourceVersion = options.ResourceVersion,
                ResourceVersionMatch = options.ResourceVersionMatch,
                Limit = options.Limit,
                Continue = options.Continue,
            }, call.Aborted).ConfigureAwait(false);
        await ObjectAnswer.Write(call, reply, 200).ConfigureAwait(false);
    }

    private async Task Get(ResourceCall call, Subresource subresource)
    {
        if (RequestOptions.Flag(call.Request, "watch") && subresource == Subresource.None)
        {
            await _watches.Handle(call, RequestOptions.List(call.Request), call.Target.Name).ConfigureAwait(false);
            return;
        }
        var reply = await gateway.Ask(
            new Get(call.Type.Resource, call.Target.Name!)
            {
                User = call.User,
                Namespace = call.Target.Namespace,
                Subresource = subresource,
                ResourceVersion = RequestOptions.Text(call.Request, "resourceVersion"),
            }, call.Aborted).ConfigureAwait(false);
        await ObjectAnswer.Write(call, reply, 200).ConfigureAwait(false);
    }

    private async Task Create(ResourceCall call, Subresource subresource)
    {
        const string options = "CreateOptions";
        var create = new Create(call.Type.Resource, ObjectBody.Json(await RequestBody.ReadObject(call.Request, gateway.Settings.BodyLimit, call.Aborted).ConfigureAwait(false)))
        {
            User = call.User,
            TraceParent = call.TraceParent,
            Namespace = call.Target.Namespace,
            Name = call.Target.Name,
            Subresource = subresource,
            FieldManager = RequestOptions.FieldManager(call.Request, options),
            DryRun = RequestOptions.DryRun(call.Request, options),
            FieldValidation = RequestOptions.FieldValidation(call.Request, options),
        };
        await ObjectAnswer.Write(call, await gateway.Ask(create, call.Aborted).ConfigureAwait(false), 201).ConfigureAwait(false);
    }

    private async Task Update(ResourceCall call, Subresource subresource)
    {
        const string options = "UpdateOptions";
        var update = new Update(call.Type.Resource, call.Target.Name!, ObjectBody.Json(await RequestBody.ReadObject(call.Request, gateway.Settings.BodyLimit, call.Aborted).ConfigureAwait(false)))
        {
            User = call.User,
            TraceParent = call.TraceParent,
            Namespace = call.Target.Namespace,
            Subresource = subresource,
            FieldManager = RequestOptions.FieldManager(call.Request, options),
            DryRun = RequestOptions.DryRun(call.Request, options),
            FieldValidation = RequestOptions.FieldValidation(call.Request, options),
        };
        await ObjectAnswer.Write(call, await gateway.Ask(update, call.Aborted).ConfigureAwait(false), 200).ConfigureAwait(false);
    }

    private async Task Patch(ResourceCall call, Subresource subresource)
    {
        const string options = "PatchOptions";
        PatchType? patchType = RequestBody.TypeOf(call.Request) switch
        {
            "application/json-patch+json" => PatchType.Json,
            "application/merge-patch+json" => PatchType.Merge,
            "application/strategic-merge-patch+json" => PatchType.StrategicMerge,
            "application/apply-patch+yaml" => PatchType.Apply,
            _ => null,
        };
        if (patchType is not { } type) { await Answer.Write(call.Context, Refusals.UnsupportedPatchType()).ConfigureAwait(false); return; }
        var body = await RequestBody.Read(call.Request, gateway.Settings.BodyLimit, call.Aborted).ConfigureAwait(false);
        var force = RequestOptions.Flag(call.Request, "force");
        if (type == PatchType.Apply)
        {
            if (RequestOptions.Text(call.Request, "fieldManager") is null) throw new RefusalException(Refusals.InvalidOptions(options, "fieldManager", "FieldValueRequired", "Required value: is required for apply patch"));
            body = RequestBody.FromYaml(body);
        }
        else if (call.Request.Query.ContainsKey("force"))
        {
            throw new RefusalException(Refusals.InvalidOptions(options, "force", "FieldValueForbidden", "Forbidden: may not be specified for non-apply patch"));
        }
        var patch = new Patch(call.Type.Resource, call.Target.Name!, type, body)
        {
            User = call.User,
            TraceParent = call.TraceParent,
            Namespace = call.Target.Namespace,
            Subresource = subresource,
            Force = force,
            FieldManager = RequestOptions.FieldManager(call.Request, options),
            DryRun = RequestOptions.DryRun(call.Request, options),
            FieldValidation = RequestOptions.FieldValidation(call.Request, options),
        };
        await ObjectAnswer.Write(call, await gateway.Ask(patch, call.Aborted).ConfigureAwait(false), 200).ConfigureAwait(false);
    }

    private async Task Delete(ResourceCall call)
    {
        var (options, dryRun) = await ReadDeleteOptions(call).ConfigureAwait(false);
        var delete = new Delete(call.Type.Resource, call.Target.Name!) { User = call.User, TraceParent = call.TraceParent, Namespace = call.Target.Namespace, Options = options, DryRun = dryRun };
        await ObjectAnswer.Write(call, await gateway.Ask(delete, call.Aborted).ConfigureAwait(false), 200).ConfigureAwait(false);
    }

    private async Task DeleteCollection(ResourceCall call)
    {
        var list = RequestOptions.List(call.Request);
        var (options, dryRun) = await ReadDeleteOptions(call).ConfigureAwait(false);
        var delete = new DeleteCollection(call.Type.Resource)
        {
            User = call.User,
            TraceParent = call.TraceParent,
            Namespace = call.Target.Namespace,
            LabelSelector = list.LabelSelector,
            FieldSelector = list.FieldSelector,
            Options = options,
            DryRun = dryRun,
        };
        await ObjectAnswer.Write(call, await gateway.Ask(delete, call.Aborted).ConfigureAwait(false), 200).ConfigureAwait(false);
    }

    /// <summary>The options of a delete stand in its body, or else in its query.</summary>
    private async Task<(DeleteOptions Options, bool DryRun)> ReadDeleteOptions(ResourceCall call)
    {
        var body = await RequestBody.ReadObject(call.Request, gateway.Settings.BodyLimit, call.Aborted).ConfigureAwait(false);
        var inQuery = RequestOptions.DryRun(call.Request, "DeleteOptions");
        if (body.Length > 0)
        {
            var (read, dryRun) = DeleteOptionsReader.Read(body);
            return (read, dryRun || inQuery);
        }
        var options = new DeleteOptions { GracePeriodSeconds = RequestOptions.Number(call.Request, "gracePeriodSeconds"), PropagationPolicy = RequestOptions.Text(call.Request, "propagationPolicy") };
        DeleteOptionsReader.Check(options);
        return (options, inQuery);
    }

    private static string VerbOf(HttpRequest request, RequestTarget target) => request.Method switch
    {
        "GET" or "HEAD" when RequestOptions.Flag(request, "watch") => "watch",
        "GET" or "HEAD" => target.Name is null ? "list" : "get",
        "POST" => "create",
        "PUT" => "update",
        "DELETE" => target.Name is null ? "deletecollection" : "delete",
        var other => other.ToLowerInvariant(),
    };

    private static bool IsOfKubernetes(string group) => !group.Contains('.', StringComparison.Ordinal) || group.EndsWith(".k8s.io", StringComparison.Ordinal);
}
