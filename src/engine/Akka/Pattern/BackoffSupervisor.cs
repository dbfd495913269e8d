using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

/// <summary>Starts its child again when it has stopped, after a delay that doubles each time.</summary>
public sealed class BackoffSupervisor : BackoffSupervisorBase
{
    internal BackoffSupervisor(BackoffPlan plan) : base(plan) { }

    /// <summary>The recipe of a supervisor whose child may stop any number of times.</summary>
    public static Props Props(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        Props(childProps, childName, minBackoff, maxBackoff, randomFactor, -1);

    /// <summary>The recipe of a supervisor whose child may stop so many times.</summary>
    public static Props Props(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        Props(Backoff.OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries));

    /// <summary>The recipe of a supervisor.</summary>
    public static Props Props(BackoffOptions options) => options.Plan.ToProps();

    /// <inheritdoc />
    protected override SupervisorStrategy SupervisorStrategy() => Plan.Strategy;

    /// <inheritdoc />
    protected override bool Receive(object message)
    {
        if (message is not Terminated terminated || !terminated.ActorRef.Equals(Child)) return HandleBackoff(message);
        var most = Plan.Strategy.MaxNumberOfRetries;
        if (!FinalStopMessageReceived && (most == -1 || RestartCountN < most))
        {
            StartLater();
            return true;
        }

        if (!FinalStopMessageReceived) Log.Debug("Terminating on restart #{0} which exceeds max allowed restarts ({1})", RestartCountN + 1, most);
        Child = null!;
        Context.Stop(Self);
        return true;
    }

    /// <summary>Asks for the child; answered by <see cref="CurrentChild"/>.</summary>
    public sealed class GetCurrentChild
    {
        /// <summary>The one of its kind.</summary>
        public static readonly GetCurrentChild Instance = new();

        private GetCurrentChild() { }
    }

    /// <summary>The child at this moment, or null.</summary>
    public sealed class CurrentChild
    {
        /// <summary>Creates the answer.</summary>
        public CurrentChild(IActorRef @ref) => Ref = @ref;

        /// <summary>The child.</summary>
        public IActorRef Ref { get; }
    }

    /// <summary>Begins with the shortest delay again.</summary>
    public sealed class Reset
    {
        /// <summary>The one of its kind.</summary>
        public static readonly Reset Instance = new();

        private Reset() { }
    }

    /// <summary>Asks how often the child was started again; answered by <see cref="RestartCount"/>.</summary>
    public sealed class GetRestartCount
    {
        /// <summary>The one of its kind.</summary>
        public static readonly GetRestartCount Instance = new();

        private GetRestartCount() { }
    }

    /// <summary>How often the child was started again since the last reset.</summary>
    public sealed class RestartCount
    {
        /// <summary>Creates the answer.</summary>
        public RestartCount(int count) => Count = count;

        /// <summary>The number.</summary>
        public int Count { get; }
    }

    /// <summary>The delay is over.</summary>
    public sealed class StartChild : IDeadLetterSuppression
    {
        /// <summary>The one of its kind.</summary>
        public static readonly StartChild Instance = new();

        private StartChild() { }
    }

    /// <summary>The child has lived long enough to begin anew, if nothing has happened since.</summary>
    public sealed class ResetRestartCount : IDeadLetterSuppression
    {
        /// <summary>Creates the message.</summary>
        public ResetRestartCount(int current) => Current = current;

        /// <summary>The number of restarts when it was sent.</summary>
        public int Current { get; }
    }
}
