using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Describes supervisors that wait longer and longer before they start their child again.</summary>
public static class Backoff
{
    /// <summary>For a child that fails: it is stopped and started again later.</summary>
    public static BackoffOptions OnFailure(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        new(BackoffPlan.Of(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries, onFailure: true));

    /// <summary>For a child that stops itself: it is started again later.</summary>
    public static BackoffOptions OnStop(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        new(BackoffPlan.Of(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries, onFailure: false));
}

/// <summary>How a back-off supervisor behaves.</summary>
public class BackoffOptions
{
    internal BackoffOptions(BackoffPlan plan) => Plan = plan;

    internal BackoffPlan Plan { get; }

    /// <summary>Begins with the shortest delay again when the child has lived for that long.</summary>
    public BackoffOptions WithAutoReset(TimeSpan resetBackoff) => new(Plan with { AutoReset = resetBackoff });

    /// <summary>Begins with the shortest delay again when the child sends <see cref="BackoffSupervisor.Reset"/>.</summary>
    public BackoffOptions WithManualReset() => new(Plan with { AutoReset = null });

    /// <summary>Decides about failures so.</summary>
    public BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy) => new(Plan with { Strategy = supervisorStrategy });

    /// <summary>Stops the child at every failure.</summary>
    public BackoffOptions WithDefaultStoppingStrategy() =>
        new(Plan with { Strategy = new OneForOneStrategy(Plan.Strategy.MaxNumberOfRetries, null, SupervisorStrategy.StoppingStrategy.Decider) });

    /// <summary>Answers messages so while there is no child.</summary>
    public BackoffOptions WithReplyWhileStopped(object replyWhileStopped) => new(Plan with { ReplyWhileStopped = replyWhileStopped });

    /// <summary>Gives up after so many restarts; -1 never.</summary>
    public BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries) => new(Plan with { Strategy = Plan.Strategy.WithMaxNrOfRetries(maxNrOfRetries) });

    /// <summary>Stops with the child after such a message.</summary>
    public BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage) => new(Plan with { FinalStopMessage = isFinalStopMessage });
}

/// <summary>All there is to say about a back-off supervisor.</summary>
internal sealed record BackoffPlan(
    Props ChildProps, string ChildName, TimeSpan Min, TimeSpan Max, double RandomFactor, OneForOneStrategy Strategy, TimeSpan? AutoReset, bool OnFailure)
{
    public object? ReplyWhileStopped { get; init; }
    public Func<object, bool>? FinalStopMessage { get; init; }

    public static BackoffPlan Of(Props childProps, string childName, TimeSpan min, TimeSpan max, double randomFactor, int retries, bool onFailure) =>
        new(childProps, childName, min, max, randomFactor, new OneForOneStrategy(retries, -1, SupervisorStrategy.DefaultDecider), min, onFailure);

    public Props ToProps()
    {
        if (Min <= TimeSpan.Zero) throw new ArgumentException("MinBackoff must be greater than 0");
        if (Max < Min) throw new ArgumentException("MaxBackoff must be greater than MinBackoff");
        if (RandomFactor is < 0.0 or > 1.0) throw new ArgumentException("RandomFactor must be between 0.0 and 1.0");
        return Props.Create(OnFailure ? typeof(BackoffOnFailureSupervisor) : typeof(BackoffSupervisor), this);
    }

    /// <summary>The delay before the start that follows <paramref name="restarts"/> others: doubled each time, up to the longest, plus some chance.</summary>
    public TimeSpan Delay(int restarts, double chance)
    {
        var ticks = Math.Min(Max.Ticks, Min.Ticks * Math.Pow(2, restarts)) * (1.0 + chance * RandomFactor);
        return ticks is < 0 or >= long.MaxValue ? Max : new TimeSpan((long)ticks);
    }
}
