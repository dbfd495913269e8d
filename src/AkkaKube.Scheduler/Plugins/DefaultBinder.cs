using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Framework;

namespace AkkaKube.Scheduler.Plugins;

/// <summary>Binds by the API: a Binding of the pod to the node.</summary>
internal sealed class DefaultBinder : IBindPlugin
{
    public WriteRequest Bind(PodInfo pod, string node, UserInfo user, object tag)
    {
        var binding = new Binding
        {
            Metadata = new ObjectMeta { Name = pod.Key.Name, Namespace = pod.Key.Namespace, Uid = pod.Uid },
            Target = new ObjectReference { Kind = "Node", Name = node },
        };
        return new Create(GroupVersionResource.Pods, ObjectBody.Of(binding)) { User = user, Namespace = pod.Key.Namespace, Name = pod.Key.Name, Subresource = Subresource.Binding, Tag = tag };
    }
}
