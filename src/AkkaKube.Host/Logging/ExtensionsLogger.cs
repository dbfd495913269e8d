using Akka.Actor;
using Akka.Event;
using Microsoft.Extensions.Logging;
using AkkaLevel = Akka.Event.LogLevel;
using Level = Microsoft.Extensions.Logging.LogLevel;

namespace AkkaKube.Host.Logging;

/// <summary>Passes the log events of the actor system on to Microsoft.Extensions.Logging, under the path of the actor that logged them.</summary>
internal sealed class ExtensionsLogger : ReceiveActor
{
    private readonly ILoggerFactory _factory;
    private readonly Dictionary<string, ILogger> _loggers = [];

    public ExtensionsLogger()
    {
        _factory = Context.System.Settings.Setup.Get<LoggerFactorySetup>().Value.Factory;
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(Pass);
    }

    private void Pass(LogEvent e)
    {
        if (!_loggers.TryGetValue(e.LogSource, out var logger)) _loggers[e.LogSource] = logger = _factory.CreateLogger(e.LogSource);
        var level = e.LogLevel() switch
        {
            AkkaLevel.DebugLevel => Level.Debug,
            AkkaLevel.InfoLevel => Level.Information,
            AkkaLevel.WarningLevel => Level.Warning,
            _ => Level.Error,
        };
        logger.Log(level, default, e.Message, e.Cause, static (message, _) => message?.ToString() ?? "");
    }
}
