using Akka.Actor;

namespace AkkaKube.Fabric;

/// <summary>
/// A connection that is being opened. Where nobody answers it is tried again when TCP would send its SYN again, after 1, 3, 7, 15, ... s
/// (RFC 6298, 2.1 and 5.5), until its time is over: an address that moves from one host to another is nowhere for a moment.
/// </summary>
/// <param name="Request">As it was asked for.</param>
/// <param name="Connector">Who asked.</param>
/// <param name="Since">When, on the monotonic clock.</param>
/// <param name="Deadline">When it is given up, on that clock.</param>
internal sealed record Attempt(FabricActor.Connect Request, IActorRef Connector, TimeSpan Since, TimeSpan Deadline)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>How often it was tried again.</summary>
    public int Retries { get; private init; }

    /// <summary>The endpoint that the rules have chosen: it stays chosen (netfilter's connection tracking). Null where they have chosen none.</summary>
    public (Route Route, string SourceIp, SocketAddress Target)? Led { get; init; }

    /// <summary>The same, once more.</summary>
    public Attempt Again() => this with { Retries = Retries + 1 };

    /// <summary>How long it waits from <paramref name="now"/> on: until it is tried again, or until it is given up when that comes first.</summary>
    public TimeSpan Wait(TimeSpan now)
    {
        var next = Since + (FirstWait * ((1L << Math.Min(Retries + 1, 30)) - 1));
        var wait = (next < Deadline ? next : Deadline) - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
