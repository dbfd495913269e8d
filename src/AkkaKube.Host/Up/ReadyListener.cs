using Akka.Actor;
using AkkaKube.Host.Composition;

namespace AkkaKube.Host.Up;

/// <summary>Shows how far the cluster is, and completes a task when it can be used.</summary>
internal sealed class ReadyListener : ReceiveActor
{
    public ReadyListener(Progress progress, int nodes, TaskCompletionSource<int> ready)
    {
        Receive<ReadyWatcher.Waiting>(waiting => progress.Show($"waiting for nodes: {waiting.ReadyNodes} of {nodes} ..."));
        Receive<ReadyWatcher.Ready>(now =>
        {
            ready.TrySetResult(now.Nodes);
            Context.Stop(Self);
        });
    }

    public static Props Props(Progress progress, int nodes, TaskCompletionSource<int> ready) => Akka.Actor.Props.Create(() => new ReadyListener(progress, nodes, ready));
}
