using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Reconciler;
using AkkaKube.Client.Requests;

namespace AkkaKube.Controllers.ServiceAccounts;

/// <summary>Objects that every namespace has.</summary>
internal static class NamespaceMembers
{
    /// <summary>What follows when one could not be made: nothing if somebody else was faster, or if the namespace is on its way out.</summary>
    public static IEnumerable<Write> Refused(Failed failed) => failed.Status.Reason is StatusReason.AlreadyExists or StatusReason.Forbidden or StatusReason.NotFound ? [] : [Write.RetryLater()];
}
