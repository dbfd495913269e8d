using Akka.Actor;
using AkkaKube.Api;

namespace AkkaKube.Client.Tracing;

/// <summary>One message of a flow: from whom to whom, about which object, when, how long until its answer.</summary>
/// <param name="Context">The trace, and this step of it.</param>
/// <param name="Parent">The step that brought it about; 0: none.</param>
/// <param name="Message">Its name.</param>
/// <param name="Resource">The resource of the object that it is about.</param>
/// <param name="Key">Which object.</param>
/// <param name="At">When it was sent, or came.</param>
/// <param name="Took">Until it was answered; nothing where it has no answer.</param>
/// <param name="Revision">The object's revision after it; 0: none.</param>
public sealed record FlowSpan(TraceContext Context, ulong Parent, string Message, GroupVersionResource Resource, ObjectKey Key, DateTimeOffset At, TimeSpan Took, long Revision)
{
    /// <summary>Who sent it; null: somebody outside, see <see cref="User"/>.</summary>
    public IActorRef? From { get; init; }

    /// <summary>Who got it.</summary>
    public IActorRef? To { get; init; }

    /// <summary>As whom it was sent.</summary>
    public string? User { get; init; }

    /// <summary>What it brought about that people look for, e.g. that a pod is ready.</summary>
    public string? Note { get; init; }
}
