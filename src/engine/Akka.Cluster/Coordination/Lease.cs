namespace Akka.Coordination;

/// <summary>Something that one of many may have at a time.</summary>
public abstract class Lease
{
    /// <summary>A lease of these settings.</summary>
    protected Lease(LeaseSettings settings) => Settings = settings;

    /// <summary>Its name, its owner and its times.</summary>
    public LeaseSettings Settings { get; }

    /// <summary>Takes it. False when somebody else has it.</summary>
    public abstract Task<bool> Acquire();

    /// <summary>Takes it; the callback is called once when it is lost later, with the cause where there is one.</summary>
    public abstract Task<bool> Acquire(Action<Exception?> leaseLostCallback);

    /// <summary>Gives it back.</summary>
    public abstract Task<bool> Release();

    /// <summary>Whether this owner has it now. It is answered from memory.</summary>
    public abstract bool CheckLease();
}
