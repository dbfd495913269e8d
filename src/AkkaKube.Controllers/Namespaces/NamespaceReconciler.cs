using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Reconciler;
using AkkaKube.Client.Requests;

namespace AkkaKube.Controllers.Namespaces;

/// <summary>Deletes the content of a namespace that is on its way out, says how far it is, and gives up the namespace when nothing is left.</summary>
internal sealed class NamespaceReconciler(Lister<Namespace> namespaces, IReadOnlyList<GroupVersionResource> content) : IReconciler
{
    private const string Finalizer = "kubernetes";
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    public IEnumerable<Write> Reconcile(ObjectKey key, DateTimeOffset now)
    {
        if (namespaces.Find(key) is not { Metadata.DeletionTimestamp: not null } ns) return [];
        if (ns.Status.Phase != NamespacePhase.Terminating) return [Write.UpdateStatus(GroupVersionResource.Namespaces, ns with { Status = ns.Status with { Phase = NamespacePhase.Terminating } })];
        if (!ns.Spec.Finalizers.Contains(Finalizer)) return ns.Spec.Finalizers.Count == 0 && ns.Metadata.Finalizers.Count == 0 ? [Write.Delete(GroupVersionResource.Namespaces, ns)] : [];
        var remains = new NamespaceRemains();
        return [Empty(ns, content.Take(1), remains, () => remains.IsNothing ? [Empty(ns, content.Skip(1), remains, () => Conclude(ns, remains, now))] : Conclude(ns, remains, now))];
    }

    /// <summary>Deletes all objects of some resources, and counts what is still there after that.</summary>
    private static Batch Empty(Namespace ns, IEnumerable<GroupVersionResource> resources, NamespaceRemains remains, Func<IEnumerable<Write>> then) =>
        Write.All([.. resources.Select(Write (resource) => DeleteAll(ns, resource, remains))], _ => then());

    private static ApiWrite DeleteAll(Namespace ns, GroupVersionResource resource, NamespaceRemains remains) =>
        Write.Request(resource, user => new DeleteCollection(resource) { Namespace = ns.Metadata.Name, User = user, Options = new DeleteOptions { PropagationPolicy = "Background" } }) with
        {
            Then = reply => reply is Listed { Items.Count: 0 } ? [] : [Count(ns, resource, remains)],
            Otherwise = failed => { remains.Failed(resource, failed.Status.Message ?? ""); return []; },
        };

    private static ApiWrite Count(Namespace ns, GroupVersionResource resource, NamespaceRemains remains) =>
        Write.Request(resource, user => new List(resource) { Namespace = ns.Metadata.Name, User = user }) with
        {
            Then = reply => { remains.Found(resource, ((Listed)reply).Items); return []; },
            Otherwise = failed => { remains.Failed(resource, failed.Status.Message ?? ""); return []; },
        };

    private static IEnumerable<Write> Conclude(Namespace ns, NamespaceRemains remains, DateTimeOffset now)
    {
        if (remains.IsNothing)
        {
            var finalized = ns with { Spec = ns.Spec with { Finalizers = [.. ns.Spec.Finalizers.Where(f => f != Finalizer)] } };
            yield return Write.Update(GroupVersionResource.Namespaces, finalized, Subresource.Finalize);
            yield break;
        }

        var conditions = NamespaceConditions.Of(ns.Status.Conditions, remains, now);
        if (conditions != ns.Status.Conditions) yield return Write.UpdateStatus(GroupVersionResource.Namespaces, ns with { Status = ns.Status with { Conditions = conditions } });
        yield return Write.Requeue(LookAgain);
    }
}
