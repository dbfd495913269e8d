using System.Text;
using AkkaKube.Api.Decoding;
using AkkaKube.Api.Defaults;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Fields;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Patches;

/// <summary>
/// Server-side apply: a manager says all that it wants of an object. Its fields are laid over the object, what it wanted before and does not want now
/// goes where nobody else owns it, and a field that another manager owns with another value is a conflict.
/// </summary>
public static class ServerSideApply
{
    private const string BeforeFirstApply = "before-first-apply";
    private const string Kubectl = "kubectl";
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>Applies a configuration to a copy of <paramref name="live"/> (null: there is no object yet). The outcome has its defaults and its managedFields.</summary>
    public static Patched Apply(ResourceType type, JsonMap? live, ReadOnlyMemory<byte> body, FieldWriter writer, bool force)
    {
        var parsed = PatchResults.Parse(body.Span, out var error);
        if (error is not null || parsed is not JsonMap applied)
            return PatchResults.Failed(StatusErrors.BadRequest($"error decoding YAML: {error ?? MergePatch.NotAMap(parsed)}"));
        if (Refusal(type, applied) is { } refusal)
            return PatchResults.Failed(refusal);
        var o = live ?? ManagedFields.Empty(type.Schema);
        var entries = ManagerEntry.Read(o.Map("metadata"));
        if (entries is null)
            return PatchResults.Failed(PatchResults.Unforeseen("failed to decode managed fields"));
        o = ManagedFields.WithoutManagedFields(o);
        if (entries.Count == 0)
            entries = ManagedFields.Updated(type, ManagedFields.Empty(type.Schema), o, entries, writer with { Subresource = null }, BeforeFirstApply);
        if (AppliedCheck.Complaint(type.Schema, applied) is { } complaint)
            return PatchResults.Failed(PatchResults.Unforeseen($"failed to create typed patch object ({Shown(applied, type)}): {complaint}"));
        return Merged(type, o, applied, entries, writer, force || live is null);
    }

    private static Patched Merged(ResourceType type, JsonMap live, JsonMap applied, List<ManagerEntry> entries, FieldWriter writer, bool force)
    {
        var reset = ManagedFields.Reset(writer);
        var wanted = ObjectFields.Of(type.Schema, applied).RecursiveDifference(reset);
        var mine = new ManagerEntry(writer.Manager, ManagerEntry.Apply, type.Resource.ApiVersion, writer.Subresource ?? "", ManagerEntry.TimeText(writer.Now), wanted);
        var index = entries.FindIndex(entry => entry.Identity == mine.Identity);
        var before = index < 0 ? null : entries[index];
        var merged = ObjectMerge.Merge(type.Schema, live, applied);
        var all = index < 0 ? [.. entries, mine] : entries.Select((entry, i) => i == index ? mine : entry).ToList();
        if (before is not null)
            merged = Pruned(type, merged, all, before.Fields);
        var (o, error, _) = ObjectDecoder.Normalize(type.GroupVersionKind, type.Schema, merged);
        if (o is null)
            return PatchResults.Failed(PatchResults.Unforeseen($"failed to convert new typed object ({Shown(applied, type)}) to object: {error}"));
        var comparison = Comparison.Of(type.Schema, live, o);
        if (!force && Conflicts(type, live, all, mine, comparison, reset) is { Count: > 0 } conflicts)
            return PatchResults.Failed(Conflict(conflicts));
        var kept = ManagedFields.Others(all, comparison, reset, except: mine);
        kept = [.. kept.Select(entry => entry.Identity == mine.Identity ? entry with { Fields = ManagedFields.Strip(entry.Fields) } : entry).Where(entry => !entry.Fields.IsEmpty)];
        if (comparison.IsSame && before is not null)
            kept = [.. kept.Select(entry => entry.Identity == mine.Identity ? entry with { Time = before.Time } : entry)];
        KeepLastApplied(live, o, applied, writer);
        Defaulting.Apply(type, o);
        ManagerEntry.Write(o.Need("metadata"), kept);
        return new Patched { Object = o };
    }

    /// <summary>Takes away what the manager wanted before and does not want now, but for what others own and what lies around it.</summary>
    private static JsonMap Pruned(ResourceType type, JsonMap merged, List<ManagerEntry> entries, FieldSet last)
    {
        var schema = type.Schema;
        FieldSet Named(FieldSet set) => ObjectFields.WithNamedFields(schema, set);
        var pruned = ObjectFields.Without(schema, merged, Named(last));
        var owned = entries.Aggregate(FieldSet.Empty, (set, entry) => set.Union(entry.Fields));
        var inMerged = Named(ObjectFields.Of(schema, merged));
        pruned = ObjectFields.Without(schema, merged, inMerged.Difference(Named(ObjectFields.Of(schema, pruned)).Union(Named(owned))));
        return ObjectFields.Without(schema, merged, inMerged.Difference(Named(ObjectFields.Of(schema, pruned))).Intersection(Named(last)));
    }

    private static List<(ManagerEntry Manager, string Path)> Conflicts(ResourceType type, JsonMap live, List<ManagerEntry> entries, ManagerEntry mine, Comparison comparison, FieldSet reset)
    {
        var changed = comparison.Added.Union(comparison.Modified).RecursiveDifference(reset);
        var allowed = mine.Manager == Kubectl ? FromClientSide(type, live) : FieldSet.Empty;
        var conflicts = new List<(ManagerEntry, string)>();
        foreach (var entry in entries.Where(entry => entry.Identity != mine.Identity).OrderBy(entry => entry.SortText, StringComparer.Ordinal))
            conflicts.AddRange(entry.Fields.Intersection(changed).Difference(allowed).Paths().Select(path => (entry, path)));
        return conflicts;
    }

    /// <summary>What <c>kubectl apply</c> wrote before it applied on the server's side is its own, as long as it is still as it wrote it.</summary>
    private static FieldSet FromClientSide(ResourceType type, JsonMap live)
    {
        if (live.Map("metadata")?.Map("annotations")?.Text(LastApplied) is not { Length: > 0 } text || PatchResults.Parse(Encoding.UTF8.GetBytes(text), out _) is not JsonMap last)
            return FieldSet.Empty;
        if (last.Text("apiVersion") != type.Resource.ApiVersion || ObjectDecoder.Normalize(type.GroupVersionKind, type.Schema, last).Tree is not { } normal)
            return FieldSet.Empty;
        var difference = Comparison.Of(type.Schema, normal, live);
        return ObjectFields.Of(type.Schema, last).Difference(difference.Modified).Difference(difference.Added).Difference(difference.Removed);
    }

    /// <summary>kubectl keeps the annotation of its client side up to date, where there is one.</summary>
    private static void KeepLastApplied(JsonMap live, JsonMap o, JsonMap applied, FieldWriter writer)
    {
        if (writer.Manager == Kubectl && live.Map("metadata")?.Map("annotations")?.Has(LastApplied) == true)
            o.Need("metadata").Need("annotations")[LastApplied] = Tree.Text(applied) + "\n";
    }

    private static Status Conflict(List<(ManagerEntry Manager, string Path)> conflicts)
    {
        var message = new StringBuilder();
        if (conflicts.Count == 1)
            message.Append($"Apply failed with 1 conflict: conflict with {conflicts[0].Manager.Shown}: {conflicts[0].Path}");
        else
        {
            message.Append(System.Globalization.CultureInfo.InvariantCulture, $"Apply failed with {conflicts.Count} conflicts: ");
            message.AppendJoin('\n', conflicts.GroupBy(conflict => conflict.Manager).Select(group => $"conflicts with {group.Key.Shown}:\n" + string.Join('\n', group.Select(conflict => "- " + conflict.Path))));
        }

        return StatusErrors.ApplyConflict(message.ToString(), [.. conflicts.Select(conflict => new StatusCause
        {
            Reason = CauseType.FieldManagerConflict,
            Message = "conflict with " + conflict.Manager.Shown,
            Field = conflict.Path,
        })]);
    }

    private static Status? Refusal(ResourceType type, JsonMap applied)
    {
        var said = GroupVersionKind.Of(applied.Text("apiVersion") ?? "", applied.Text("kind") ?? "");
        if (said.Kind.Length == 0)
            return StatusErrors.BadRequest("error decoding YAML: Object 'Kind' is missing in '" + Tree.Text(applied) + "'");
        if (said.Group == type.Resource.Group && said.Version != type.Resource.Version && said.Kind == type.Kind)
            return StatusErrors.BadRequest($"Incorrect version specified in apply patch. Specified patch version: {said.ApiVersion}, expected: {type.Resource.ApiVersion}");
        if (said != type.GroupVersionKind)
            return StatusErrors.BadRequest($"invalid object type: {said}");
        return applied.Map("metadata")?["managedFields"] is not null ? StatusErrors.BadRequest("metadata.managedFields must be nil") : null;
    }

    private static string Shown(JsonMap o, ResourceType type) => $"{o.Map("metadata")?.Text("namespace")}/{o.Map("metadata")?.Text("name")}; {type.GroupVersionKind}";
}
