using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The children of the cell.</summary>
internal sealed partial class ActorCell
{
    private const string NameAlphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";

    private ChildrenContainer? Children => IsTerminated ? ChildrenContainer.Terminated : _extras?.Children;
    private bool IsTerminating => Children is { IsTerminating: true };

    /// <summary>Makes room for children; a guardian needs it before other threads may add to it.</summary>
    public ChildrenContainer EnsureChildren() => Extras.Children ??= new ChildrenContainer();

    public LocalActorRef[] ChildrenSnapshot() => Children?.Snapshot() ?? [];

    public IEnumerable<IActorRef> GetChildren() => ChildrenSnapshot();

    public LocalActorRef? ChildByName(string name) => Children?.ByName(name);

    public IActorRef Child(string name) => (IActorRef?)ChildByName(name) ?? ActorRefs.Nobody;

    /// <summary>Starts a child; <paramref name="name"/> null has the cell make one up.</summary>
    /// <param name="props">Its recipe.</param>
    /// <param name="name">Its name.</param>
    /// <param name="getsChildrenFromOutside">Whether other threads may add children to it.</param>
    public IActorRef AttachChild(Props props, string? name, bool getsChildrenFromOutside = false)
    {
        if (IsTerminated) throw new InvalidOperationException("Cannot create child while terminating or terminated");
        var childName = name is null ? AnonymousName() : Checked(name);
        var children = EnsureChildren();
        children.Reserve(childName);
        ActorCell child;
        try
        {
            var (dispatcher, mailbox) = _system.Blueprint(props);
            child = new ActorCell(_system, _self, props, dispatcher, mailbox, childName, _system.NextUid());
        }
        catch
        {
            children.Unreserve(childName);
            throw;
        }

        if (getsChildrenFromOutside) child.EnsureChildren();
        children.Add(childName, child._self);
        child.Start();
        return child._self;
    }

    private static string Checked(string name)
    {
        if (name.Length == 0) throw new InvalidActorNameException("Actor name must not be empty.");
        if (!ActorPath.IsValidPathElement(name))
        {
            throw new InvalidActorNameException(
                $"Illegal actor name [{name}]. Actor paths MUST: not start with `$`, include only ASCII letters and can only contain these special characters: {ActorPath.ValidSymbols}.");
        }

        return name;
    }

    private string AnonymousName() => "$" + Base64(Interlocked.Increment(ref Extras.NextAnonymousChild));

    internal static string Base64(long number)
    {
        Span<char> text = stackalloc char[11];
        var length = 0;
        do
        {
            text[length++] = NameAlphabet[(int)(number & 63)];
            number >>= 6;
        }
        while (number != 0);
        return new string(text[..length]);
    }

    /// <summary>Stops an actor; a child keeps its name until it is gone.</summary>
    public void Stop(IActorRef child)
    {
        if (Children is { } children && children.TryGet(child, out var mine)) children.ShallDie(mine);
        ((IInternalActorRef)child).Stop();
    }

    private void StopChildren()
    {
        foreach (var child in ChildrenSnapshot()) Stop(child);
    }

    private void SuspendChildren(IActorRef? except = null, LocalActorRef[]? survivors = null)
    {
        foreach (var child in ChildrenSnapshot())
        {
            if (child.Equals(except) || survivors is not null && Array.IndexOf(survivors, child) >= 0) continue;
            child.Suspend();
        }
    }

    private void ResumeChildren(Exception? causedByFailure, IActorRef? perpetrator)
    {
        foreach (var child in ChildrenSnapshot()) child.Resume(child.Equals(perpetrator) ? causedByFailure : null);
    }

    internal ChildRestartStats StatsOf(IActorRef child)
    {
        var stats = Extras.RestartStats ??= [];
        if (!stats.TryGetValue(child, out var found)) stats[child] = found = new ChildRestartStats();
        return found;
    }
}
