using Akka.Actor;
using Akka.Util;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>An actor of which the cluster has one.</summary>
public class SingletonActor
{
    private SingletonActor(string name, Props props, Option<object> stopMessage, Option<ClusterSingletonSettings> settings)
    {
        Name = name;
        Props = props;
        StopMessage = stopMessage;
        Settings = settings;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its recipe.</summary>
    public Props Props { get; }

    /// <summary>What tells it to stop because it moves; a <see cref="PoisonPill"/> unless given.</summary>
    public Option<object> StopMessage { get; }

    /// <summary>How it is managed and reached; the default unless given.</summary>
    public Option<ClusterSingletonSettings> Settings { get; }

    /// <summary>Creates one.</summary>
    public static SingletonActor Create(Props props, string name) => new(name, props, Option<object>.None, Option<ClusterSingletonSettings>.None);

    /// <summary>The same with another recipe.</summary>
    public SingletonActor WithProps(Props props) => new(Name, props, StopMessage, Settings);

    /// <summary>The same with a stop message.</summary>
    public SingletonActor WithStopMessage(object stopMessage) => new(Name, Props, new Option<object>(stopMessage), Settings);

    /// <summary>The same with settings.</summary>
    public SingletonActor WithSettings(ClusterSingletonSettings settings) => new(Name, Props, StopMessage, new Option<ClusterSingletonSettings>(settings));
}
