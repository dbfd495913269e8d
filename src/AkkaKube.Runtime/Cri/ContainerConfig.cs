using System.Collections.Frozen;

namespace AkkaKube.Runtime;

/// <summary>What the runtime must know to make a container.</summary>
/// <param name="Name">The container's name in the pod.</param>
/// <param name="Image">As in the spec, or an image id.</param>
public sealed record ContainerConfig(string Name, string Image)
{
    /// <summary>Counts the restarts.</summary>
    public int Attempt { get; init; }

    /// <summary>Replaces the image's entry point; empty keeps it.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Replaces the image's arguments (and, with <see cref="Command"/> set, there are none of the image).</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>Environment variables over the image's, in order, references already expanded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Env { get; init; } = [];

    /// <summary>Empty: the image's.</summary>
    public string WorkingDir { get; init; } = "";

    /// <summary>Volumes.</summary>
    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    /// <summary>Null: the image's user.</summary>
    public long? RunAsUser { get; init; }

    /// <summary>Null: the image's group.</summary>
    public long? RunAsGroup { get; init; }

    /// <summary>The container cannot write to its own file system, only to its volumes.</summary>
    public bool ReadOnlyRootFilesystem { get; init; }

    /// <summary>A terminal is attached.</summary>
    public bool Tty { get; init; }

    /// <summary>Somebody may write to its standard input; otherwise it is at its end from the start.</summary>
    public bool Stdin { get; init; }

    /// <summary>In bytes; null: none.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>In thousandths of a core; null: none.</summary>
    public long? CpuLimitMillis { get; init; }

    /// <summary>The pod's terminationMessagePath: what the program wrote there is the message of its exit.</summary>
    public string TerminationMessagePath { get; init; } = "/dev/termination-log";

    /// <summary>With a failed program that wrote no message, the end of its log is the message (FallbackToLogsOnError).</summary>
    public bool TerminationMessageFallsBackToLog { get; init; }

    /// <summary>Comes back in the container's status.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = FrozenDictionary<string, string>.Empty;
}

/// <summary>A volume, or a part of it, in a container's file system.</summary>
/// <param name="ContainerPath">Where, absolute.</param>
/// <param name="Volume">The volume's name in the pod: mounts of one name share its files.</param>
/// <param name="Source">What is in the volume when the sandbox first sees it.</param>
public sealed record Mount(string ContainerPath, string Volume, VolumeSource Source)
{
    /// <summary>Writes fail.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Mount only this path of the volume.</summary>
    public string? SubPath { get; init; }
}

/// <summary>Where the contents of a volume come from.</summary>
public abstract record VolumeSource
{
    private VolumeSource()
    {
    }

    /// <summary>A directory that starts empty and lives as long as the sandbox (emptyDir).</summary>
    public sealed record Empty : VolumeSource;

    /// <summary>Given files (ConfigMap, Secret, downward API, projected): never written to by a container.</summary>
    public sealed record Files(FileTree Tree) : VolumeSource;
}

/// <summary>Files by their path, relative to the root of a volume, e.g. <c>conf.d/default.conf</c>.</summary>
public sealed record FileTree(IReadOnlyDictionary<string, FileEntry> Files);

/// <summary>A file of a <see cref="FileTree"/>.</summary>
/// <param name="Content">Its bytes; must not change.</param>
/// <param name="Mode">Its permissions, e.g. octal 644.</param>
public sealed record FileEntry(ReadOnlyMemory<byte> Content, int Mode = FileEntry.DefaultMode)
{
    /// <summary>Octal 644.</summary>
    public const int DefaultMode = 0b110_100_100;
}
