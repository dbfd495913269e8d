using System.Collections.Immutable;
using Akka.Actor;
using static Akka.Remote.Transport.FailureInjectorTransportAdapter;

namespace Akka.Remote.Transport;

/// <summary>What somebody ordered to go wrong between this system and another.</summary>
internal sealed record LinkFault(ThrottleMode Send, ThrottleMode Receive, double SendLoss, double ReceiveLoss)
{
    public static readonly LinkFault None = new(Unthrottled.Instance, Unthrottled.Instance, 0, 0);

    public bool SendsNothing => Send is Blackhole;
    public bool ReceivesNothing => Receive is Blackhole;

    public TimeSpan SendDelay(TimeSpan now) => Delay(Send, now);

    private static TimeSpan Delay(ThrottleMode mode, TimeSpan now)
    {
        if (mode is Unthrottled or Blackhole) return TimeSpan.Zero;
        var nanos = now.Ticks * 100;
        return mode.TryConsumeTokens(nanos, 1).Item2 ? TimeSpan.Zero : mode.TimeToAvailable(nanos, 1);
    }
}

/// <summary>The ordered faults of a system, by the address of the other. Read by every sender, changed by commands.</summary>
internal sealed class LinkFaults(Func<double> chance)
{
    private readonly Lock _change = new();
    private volatile ImmutableDictionary<Address, LinkFault> _faults = ImmutableDictionary<Address, LinkFault>.Empty;
    private volatile IGremlinMode _all = PassThru.Instance;

    public LinkFault Of(Address address)
    {
        var faults = _faults;
        var all = _all;
        if (faults.IsEmpty && all is PassThru) return LinkFault.None;
        var own = faults.GetValueOrDefault(address, LinkFault.None);
        return all is Drop drop && own is { SendLoss: 0, ReceiveLoss: 0 } ? own with { SendLoss = drop.OutboundDropP, ReceiveLoss = drop.InboundDropP } : own;
    }

    public bool Happens(double probability) => probability > 0 && chance() < probability;

    /// <summary>False when the command is not one about faults.</summary>
    public bool Apply(object command)
    {
        switch (command)
        {
            case SetThrottle throttle:
                Change(throttle.Address, fault => fault with
                {
                    Send = throttle.Direction is ThrottleTransportAdapter.Direction.Receive ? fault.Send : throttle.Mode,
                    Receive = throttle.Direction is ThrottleTransportAdapter.Direction.Send ? fault.Receive : throttle.Mode,
                });
                return true;
            case One { Mode: Drop drop } one:
                Change(one.RemoteAddress, fault => fault with { SendLoss = drop.OutboundDropP, ReceiveLoss = drop.InboundDropP });
                return true;
            case One { Mode: PassThru } one:
                Change(one.RemoteAddress, static fault => fault with { SendLoss = 0, ReceiveLoss = 0 });
                return true;
            case All all:
                _all = all.Mode;
                return true;
            default:
                return false;
        }
    }

    private void Change(Address address, Func<LinkFault, LinkFault> change)
    {
        lock (_change)
        {
            var changed = change(_faults.GetValueOrDefault(address, LinkFault.None));
            _faults = changed == LinkFault.None ? _faults.Remove(address) : _faults.SetItem(address, changed);
        }
    }
}
