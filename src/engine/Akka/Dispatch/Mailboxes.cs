using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>The kinds of mailboxes by their ids: paths of the settings.</summary>
public class Mailboxes
{
    /// <summary>The id of the mailbox of those that name none.</summary>
    public static readonly string DefaultMailboxId = "akka.actor.default-mailbox";

    private readonly ActorSystemImpl _system;
    private readonly ConcurrentDictionary<string, MailboxType> _types = new(StringComparer.Ordinal);
    private MailboxType? _default;
    private bool _defaultKnown;

    internal Mailboxes(ActorSystemImpl system) => _system = system;

    /// <summary>The kind of an id.</summary>
    /// <exception cref="ConfigurationException">The settings have no such mailbox.</exception>
    public MailboxType Lookup(string id) => _types.GetOrAdd(id, Make);

    /// <summary>The kind for an actor, or null for the one that a cell has built in.</summary>
    internal MailboxType? For(string? id, MessageDispatcher dispatcher)
    {
        id ??= dispatcher.Configurator.Config.GetString("mailbox-type") is { Length: > 0 } ? dispatcher.Id : null;
        if (id is null) return Default();
        return BuiltIn(Lookup(id));
    }

    private MailboxType? Default()
    {
        if (_defaultKnown) return _default;
        _default = BuiltIn(Lookup(DefaultMailboxId));
        _defaultKnown = true;
        return _default;
    }

    private static MailboxType? BuiltIn(MailboxType type) => type is UnboundedMailbox or UnboundedDequeBasedMailbox ? null : type;

    private MailboxType Make(string id)
    {
        var settings = _system.Settings.Config;
        if (!settings.HasPath(id)) throw new ConfigurationException($"Mailbox Type [{id}] not configured");
        var section = settings.GetConfig(id).WithFallback(settings.GetConfig(DefaultMailboxId));
        var typeName = section.GetString("mailbox-type") ?? throw new ConfigurationException($"The setting mailbox-type defined in [{id}] is empty");
        var type = Type.GetType(typeName) ?? typeof(Mailboxes).Assembly.GetType(typeName.Split(',')[0])
            ?? throw new ConfigurationException($"Found mailbox-type [{typeName}] in configuration for [{id}], but could not find that type in any loaded assemblies.");
        return (MailboxType)Activator.CreateInstance(type, _system.Settings, section)!;
    }
}
