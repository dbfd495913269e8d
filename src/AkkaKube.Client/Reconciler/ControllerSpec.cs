using Akka.Configuration;
using AkkaKube.Api;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Requests;

namespace AkkaKube.Client.Reconciler;

/// <summary>All that tells one controller from another.</summary>
/// <param name="Name">The name of its actor, its user and its events, e.g. <c>replicaset-controller</c>.</param>
/// <param name="Build">Says what it follows and makes its reconciler.</param>
public sealed record ControllerSpec(string Name, Func<IControllerSetup, IReconciler> Build)
{
    /// <summary>The user it writes as: its service account in kube-system.</summary>
    public UserInfo User { get; init; } = new(
        $"system:serviceaccount:kube-system:{Name}", ["system:serviceaccounts", "system:serviceaccounts:kube-system", "system:authenticated"]);

    /// <summary>What its events name as their source.</summary>
    public string Component { get; init; } = Name;
}

/// <summary>What a controller gets while it is built.</summary>
public interface IControllerSetup
{
    /// <summary>The settings of the actor system.</summary>
    Config Config { get; }

    /// <summary>The controller's own source of chance.</summary>
    Random Random { get; }

    /// <summary>Follows a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="keys">Which keys a change concerns; null where it concerns none by itself. The lister has the change already.</param>
    Lister<T> Follow<T>(GroupVersionResource resource, Func<Change<T>, IEnumerable<ObjectKey>>? keys = null)
        where T : class, IApiObject;

    /// <summary>Follows what <paramref name="watch"/> selects.</summary>
    Lister<T> Follow<T>(Func<UserInfo, Watch> watch, Func<Change<T>, IEnumerable<ObjectKey>>? keys = null)
        where T : class, IApiObject;

    /// <summary>Has this key reconciled once everything is there.</summary>
    void Start(ObjectKey key);
}
