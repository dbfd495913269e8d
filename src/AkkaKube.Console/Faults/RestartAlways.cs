using Akka.Actor;

namespace AkkaKube.Console.Faults;

/// <summary>
/// Starts top-level actors again whatever they failed of, a kill too: <c>akka.actor.guardian-supervisor-strategy</c> of a host. What cannot even be made is
/// stopped, for it would be tried for ever.
/// </summary>
public sealed class RestartAlways : SupervisorStrategyConfigurator
{
    /// <inheritdoc/>
    public override SupervisorStrategy Create() => new OneForOneStrategy(failure => failure is ActorInitializationException ? Directive.Stop : Directive.Restart);
}
