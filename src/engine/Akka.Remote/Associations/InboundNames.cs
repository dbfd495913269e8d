using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace Akka.Remote.Associations;

/// <summary>The other end of <see cref="OutboundNames"/>: numbers become references and manifests again.</summary>
internal sealed class InboundNames(RemoteActorRefProvider provider, Address remote)
{
    private readonly List<Entry> _entries = [];

    private struct Entry
    {
        public string Text;
        public IInternalActorRef? Actor;
    }

    public void Forget() => _entries.Clear();

    public IInternalActorRef ReadRecipient(ref WireReader from) => ReadActor(ref from, sender: false) ?? throw new SerializationException("A message has no recipient");

    public IActorRef? ReadSender(ref WireReader from) => ReadActor(ref from, sender: true);

    public string ReadManifest(ref WireReader from)
    {
        var number = from.ReadCount();
        switch (number)
        {
            case 0:
                return "";
            case OutboundNames.Literal:
                return from.ReadText();
            case OutboundNames.Defined:
                var text = from.ReadText();
                _entries.Add(new Entry { Text = text });
                return text;
            default:
                return Numbered(number).Text;
        }
    }

    private IInternalActorRef? ReadActor(ref WireReader from, bool sender)
    {
        var number = from.ReadCount();
        switch (number)
        {
            case 0:
                return null;
            case OutboundNames.Literal:
                return Resolve(from.ReadText(), sender);
            case OutboundNames.Defined:
                var text = from.ReadText();
                var actor = Resolve(text, sender);
                _entries.Add(new Entry { Text = text, Actor = actor });
                return actor;
            default:
                ref var entry = ref Numbered(number);
                // Where nobody lived somebody may live now, and a path without uid means whoever lives there.
                if (entry.Actor is null or { IsLocal: true, IsTerminated: true } or EmptyLocalActorRef) entry.Actor = Resolve(entry.Text, sender);
                return entry.Actor;
        }
    }

    private ref Entry Numbered(int number)
    {
        var index = number - OutboundNames.FirstNumber;
        if (index >= _entries.Count) throw new SerializationException($"The number {number} stands for nothing on this connection");
        return ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_entries)[index];
    }

    private IInternalActorRef Resolve(string text, bool sender)
    {
        if (!text.StartsWith('/')) return (IInternalActorRef)provider.ResolveActorRef(text);
        return sender ? (IInternalActorRef)provider.ResolveActorRef(remote + text) : provider.ResolveLocal(text);
    }
}
