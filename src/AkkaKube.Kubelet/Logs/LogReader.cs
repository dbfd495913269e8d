using Akka.Actor;
using AkkaKube.Client.Requests;
using AkkaKube.Runtime;

namespace AkkaKube.Kubelet.Logs;

/// <summary>Carries one container log from the runtime to whoever asked for it, chunk by chunk, until its end or the reader's.</summary>
internal sealed class LogReader : ReceiveActor
{
    private LogReader(ContainerRuntime.ReadLog read, IActorRef runtime, IActorRef reader, object? tag)
    {
        Receive<ContainerRuntime.LogRead>(chunk =>
        {
            if (!chunk.Bytes.IsEmpty || chunk.End) reader.Tell(new LogChunk(tag, chunk.Bytes, chunk.End));
            if (chunk.End) Context.Stop(Self);
            else runtime.Tell(read with { From = chunk.Next });
        });
        Receive<ContainerRuntime.Failed>(failed =>
        {
            reader.Tell(new Failed(tag, new Api.Meta.V1.Status { StatusValue = "Failure", Message = failed.Message, Reason = "InternalError", Code = 500 }));
            Context.Stop(Self);
        });
        Receive<Terminated>(_ => Context.Stop(Self));
        Context.Watch(reader);

        // Who follows learns at once whom to watch: it may be long until there is a line, and this host may die before.
        if (read.Follow) reader.Tell(new LogChunk(tag, default, End: false));
        runtime.Tell(read);
    }

    public static Props Props(ContainerRuntime.ReadLog read, IActorRef runtime, IActorRef reader, object? tag) =>
        Akka.Actor.Props.Create(() => new LogReader(read, runtime, reader, tag));
}
