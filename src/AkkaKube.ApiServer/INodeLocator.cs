using Akka.Actor;

namespace AkkaKube.ApiServer;

/// <summary>Knows where the kubelet of a node is: who answers for the logs of its pods.</summary>
public interface INodeLocator
{
    /// <summary>The kubelet of a node; null where none is known. It takes <see cref="Client.Requests.ReadLog"/> and answers its sender.</summary>
    IActorRef? KubeletOf(string node);
}
