namespace AkkaKube.Runtime;

/// <summary>
/// The verbs of the Container Runtime Interface as messages. Every request is answered to its sender, by the reply named beside it or by
/// <see cref="Failed"/>, and every answer carries the request's <see cref="Request.Tag"/>.
/// </summary>
public sealed partial class ContainerRuntime
{
    /// <summary>What every request has.</summary>
    public abstract record Request
    {
        /// <summary>Comes back in the reply.</summary>
        public object? Tag { get; init; }
    }

    /// <summary>What every reply has.</summary>
    /// <param name="Tag">The request's.</param>
    public abstract record Reply(object? Tag);

    /// <summary>The request was not carried out.</summary>
    /// <param name="Code">The gRPC status.</param>
    /// <param name="Message">As containerd words it.</param>
    /// <param name="Tag">The request's.</param>
    public sealed record Failed(FailureCode Code, string Message, object? Tag) : Reply(Tag)
    {
        /// <summary>The error as a client of the CRI prints it: <c>rpc error: code = NotFound desc = ...</c></summary>
        public override string ToString() => $"rpc error: code = {Code} desc = {Message}";
    }

    /// <summary>The gRPC statuses a runtime answers with.</summary>
    public enum FailureCode
    {
        /// <summary>Anything without a status of its own.</summary>
        Unknown,

        /// <summary>No such sandbox, container or image.</summary>
        NotFound,

        /// <summary>The name is in use.</summary>
        AlreadyExists,

        /// <summary>The request makes no sense.</summary>
        InvalidArgument,

        /// <summary>The container is not in the state that the request needs.</summary>
        FailedPrecondition,

        /// <summary>Took longer than the request allows.</summary>
        DeadlineExceeded,
    }

    // ---- sandboxes

    /// <summary>
    /// Makes the sandbox of a pod: its network namespace, shared by its containers. The address is the CNI plugin's; the sandbox attaches it
    /// to the fabric. The sender becomes the owner and hears of every <see cref="ContainerEvent"/>.
    /// Reply: <see cref="PodSandboxRun"/>.
    /// </summary>
    public sealed record RunPodSandbox(PodSandboxConfig Config) : Request;

    /// <summary>
    /// Makes the sandbox of a pod that ran on another host a moment ago, and in it the containers that ran, under the ids that they had.
    /// Their programs begin anew at once; when they started is what it was. Reply: <see cref="PodSandboxRun"/>.
    /// </summary>
    public sealed record AdoptPodSandbox(PodSandboxConfig Config, IReadOnlyList<AdoptedContainer> Containers) : Request;

    /// <summary>Reply to <see cref="RunPodSandbox"/> and <see cref="AdoptPodSandbox"/>.</summary>
    public sealed record PodSandboxRun(string PodSandboxId, object? Tag) : Reply(Tag);

    /// <summary>Kills the sandbox's containers and gives its address back. Done twice it is done once. Reply: <see cref="PodSandboxStopped"/>.</summary>
    public sealed record StopPodSandbox(string PodSandboxId) : Request;

    /// <summary>Reply to <see cref="StopPodSandbox"/>.</summary>
    public sealed record PodSandboxStopped(string PodSandboxId, object? Tag) : Reply(Tag);

    /// <summary>Removes the sandbox with its containers and their logs. Reply: <see cref="PodSandboxRemoved"/>.</summary>
    public sealed record RemovePodSandbox(string PodSandboxId) : Request;

    /// <summary>Reply to <see cref="RemovePodSandbox"/>.</summary>
    public sealed record PodSandboxRemoved(string PodSandboxId, object? Tag) : Reply(Tag);

    /// <summary>All sandboxes of the node. Reply: <see cref="PodSandboxes"/>.</summary>
    public sealed record ListPodSandbox : Request;

    /// <summary>Reply to <see cref="ListPodSandbox"/>.</summary>
    public sealed record PodSandboxes(IReadOnlyList<PodSandboxStatus> Items, object? Tag) : Reply(Tag);

    /// <summary>
    /// Replaces the files of a volume that containers have mounted (a ConfigMap or Secret has changed). Reply: <see cref="VolumeUpdated"/>.
    /// </summary>
    public sealed record UpdateVolume(string PodSandboxId, string Volume, FileTree Files) : Request;

    /// <summary>Reply to <see cref="UpdateVolume"/>.</summary>
    public sealed record VolumeUpdated(string PodSandboxId, string Volume, object? Tag) : Reply(Tag);

    // ---- images

    /// <summary>
    /// The node comes from another host: it has these images, by their names, and what is identified from now on must not bear an identifier
    /// that was given there. No reply.
    /// </summary>
    public sealed record TakeOver(IReadOnlyList<string> Images) : Request;

    /// <summary>Brings an image to the node; takes as long as settings and size say. Reply: <see cref="ImagePulled"/>.</summary>
    /// <param name="Image">As in the pod's spec.</param>
    public sealed record PullImage(string Image) : Request
    {
        /// <summary>User and password for the registry, where a pull secret gives them.</summary>
        public RegistryAuth? Auth { get; init; }
    }

    /// <summary>Reply to <see cref="PullImage"/>.</summary>
    public sealed record ImagePulled(ImageInfo Image, TimeSpan Duration, object? Tag) : Reply(Tag);

    /// <summary>Whether the node has an image. Reply: <see cref="ImageStatusIs"/>; <see cref="Failed"/> if the name is no image reference.</summary>
    public sealed record ImageStatus(string Image) : Request;

    /// <summary>Reply to <see cref="ImageStatus"/>; null: not on the node.</summary>
    public sealed record ImageStatusIs(ImageInfo? Image, object? Tag) : Reply(Tag);

    /// <summary>All images of the node. Reply: <see cref="Images"/>.</summary>
    public sealed record ListImages : Request;

    /// <summary>Reply to <see cref="ListImages"/>.</summary>
    public sealed record Images(IReadOnlyList<ImageInfo> Items, object? Tag) : Reply(Tag);

    /// <summary>Takes an image off the node. Reply: <see cref="ImageRemoved"/>.</summary>
    public sealed record RemoveImage(string Image) : Request;

    /// <summary>Reply to <see cref="RemoveImage"/>.</summary>
    public sealed record ImageRemoved(string Image, object? Tag) : Reply(Tag);

    // ---- containers

    /// <summary>Makes a container in a sandbox. Its image must be on the node. Reply: <see cref="ContainerCreated"/>.</summary>
    public sealed record CreateContainer(string PodSandboxId, ContainerConfig Config) : Request;

    /// <summary>Reply to <see cref="CreateContainer"/>.</summary>
    public sealed record ContainerCreated(string ContainerId, object? Tag) : Reply(Tag);

    /// <summary>
    /// Starts a container. Reply: <see cref="ContainerStarted"/>, or <see cref="Failed"/> if its executable cannot be run; then the
    /// container has exited with code 128, reason StartError.
    /// </summary>
    public sealed record StartContainer(string ContainerId) : Request;

    /// <summary>Reply to <see cref="StartContainer"/>.</summary>
    public sealed record ContainerStarted(string ContainerId, object? Tag) : Reply(Tag);

    /// <summary>
    /// SIGTERM (or the image's stop signal), and SIGKILL when <paramref name="Timeout"/> has passed. Reply, when it has ended:
    /// <see cref="ContainerStopped"/>.
    /// </summary>
    public sealed record StopContainer(string ContainerId, TimeSpan Timeout) : Request;

    /// <summary>Reply to <see cref="StopContainer"/>.</summary>
    public sealed record ContainerStopped(string ContainerId, object? Tag) : Reply(Tag);

    /// <summary>Removes a container and its log; kills it if it runs. Reply: <see cref="ContainerRemoved"/>.</summary>
    public sealed record RemoveContainer(string ContainerId) : Request;

    /// <summary>Reply to <see cref="RemoveContainer"/>.</summary>
    public sealed record ContainerRemoved(string ContainerId, object? Tag) : Reply(Tag);

    /// <summary>The state of one container. Reply: <see cref="ContainerStatusIs"/>.</summary>
    public sealed record GetContainerStatus(string ContainerId) : Request;

    /// <summary>Reply to <see cref="GetContainerStatus"/>.</summary>
    public sealed record ContainerStatusIs(ContainerStatus Status, object? Tag) : Reply(Tag);

    /// <summary>The containers of a sandbox, or of the node. Reply: <see cref="Containers"/>.</summary>
    public sealed record ListContainers(string? PodSandboxId = null) : Request;

    /// <summary>Reply to <see cref="ListContainers"/>.</summary>
    public sealed record Containers(IReadOnlyList<ContainerStatus> Items, object? Tag) : Reply(Tag);

    /// <summary>Runs a command in a running container and waits for its end. Reply: <see cref="ExecResult"/>.</summary>
    /// <param name="ContainerId">The container.</param>
    /// <param name="Command">The executable and its arguments.</param>
    /// <param name="Timeout">The command is killed and the request fails with DeadlineExceeded when it has passed; zero: never.</param>
    public sealed record ExecSync(string ContainerId, IReadOnlyList<string> Command, TimeSpan Timeout) : Request
    {
        /// <summary>What the command reads from its standard input.</summary>
        public ReadOnlyMemory<byte> Stdin { get; init; }
    }

    /// <summary>Reply to <see cref="ExecSync"/>.</summary>
    public sealed record ExecResult(int ExitCode, ReadOnlyMemory<byte> Stdout, ReadOnlyMemory<byte> Stderr, object? Tag) : Reply(Tag);

    // ---- logs

    /// <summary>
    /// Reads a container's log, a chunk a request. Reply: <see cref="LogRead"/>; ask again with <see cref="From"/> set to its
    /// <see cref="LogRead.Next"/> until <see cref="LogRead.End"/>. A reader that stops asking has stopped reading.
    /// </summary>
    public sealed record ReadLog(string ContainerId) : Request
    {
        /// <summary>Where to go on; null is the start, after <see cref="TailLines"/> and <see cref="Since"/>.</summary>
        public long? From { get; init; }

        /// <summary>Start with the last lines, this many.</summary>
        public long? TailLines { get; init; }

        /// <summary>Only lines written at this time or later.</summary>
        public DateTimeOffset? Since { get; init; }

        /// <summary>Put the time before each line.</summary>
        public bool Timestamps { get; init; }

        /// <summary>End after this many bytes.</summary>
        public long? LimitBytes { get; init; }

        /// <summary>Wait for more at the end of the log, until the container ends.</summary>
        public bool Follow { get; init; }

        /// <summary>Which of the two streams; null is both.</summary>
        public LogStream? Stream { get; init; }
    }

    /// <summary>Reply to <see cref="ReadLog"/>.</summary>
    /// <param name="Bytes">Whole lines, or the part of a line that was written so far.</param>
    /// <param name="Next">Where the next chunk starts.</param>
    /// <param name="End">Nothing comes after this.</param>
    /// <param name="Tag">The request's.</param>
    public sealed record LogRead(ReadOnlyMemory<byte> Bytes, long Next, bool End, object? Tag) : Reply(Tag);

    // ---- the node

    /// <summary>The runtime's name and version. Reply: <see cref="VersionIs"/>.</summary>
    public sealed record GetVersion : Request;

    /// <summary>Reply to <see cref="GetVersion"/>.</summary>
    public sealed record VersionIs(string RuntimeName, string RuntimeVersion, string RuntimeApiVersion, object? Tag) : Reply(Tag);

    // ---- what the runtime tells the owner of a sandbox, unasked

    /// <summary>A step in the life of a container (CRI: ContainerEventResponse).</summary>
    public sealed record ContainerEvent(ContainerEventType Type, ContainerStatus Status);

    /// <summary>The steps that are told.</summary>
    public enum ContainerEventType
    {
        /// <summary>Its first process runs.</summary>
        Started,

        /// <summary>It has ended, or could not be started; the status says how.</summary>
        Stopped,
    }
}
