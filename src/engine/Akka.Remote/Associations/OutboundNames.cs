using Akka.Actor;
using Akka.Serialization;

namespace Akka.Remote.Associations;

/// <summary>
/// Paths and manifests on one connection: the first time as text, then as a number. 0 is nobody or the empty text, 1 a text, 2 a text that
/// gets the next number, from 3 on the numbers. References that live for one answer are always written as text.
/// </summary>
internal sealed class OutboundNames(Address local, Address remote, bool numbers)
{
    public const int Literal = 1;
    public const int Defined = 2;
    public const int FirstNumber = 3;
    private const int Most = 8192;

    private readonly Dictionary<IActorRef, int> _actors = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _manifests = new(StringComparer.Ordinal);
    private object _generation = new();
    private int _next = FirstNumber;

    /// <summary>Whether the next message should begin with empty tables on both sides.</summary>
    public bool IsFull => _next - FirstNumber >= Most;

    public void Forget()
    {
        _actors.Clear();
        _manifests.Clear();
        _generation = new object();
        _next = FirstNumber;
    }

    public void WriteRecipient(RemoteActorRef recipient, WireBuffer to)
    {
        if (ReferenceEquals(recipient.NumberedBy, _generation))
        {
            to.WriteNumber((ulong)recipient.Number);
            return;
        }

        if (numbers && !IsTemporary(recipient.Path))
        {
            recipient.NumberedBy = _generation;
            recipient.Number = _next++;
            to.WriteNumber(Defined);
        }
        else
        {
            to.WriteNumber(Literal);
        }

        to.WriteText(recipient.PlaceInSystem);
    }

    public void WriteSender(IActorRef? sender, WireBuffer to)
    {
        switch (sender)
        {
            case null or Nobody:
                to.WriteNumber(0);
                return;
            case LocalActorRef or RemoteActorRef:
                if (_actors.TryGetValue(sender, out var number))
                {
                    to.WriteNumber((ulong)number);
                    return;
                }

                if (numbers && !IsTemporary(sender.Path))
                {
                    _actors[sender] = _next++;
                    to.WriteNumber(Defined);
                }
                else
                {
                    to.WriteNumber(Literal);
                }

                break;
            default:
                to.WriteNumber(Literal);
                break;
        }

        to.WriteText(TextOf(sender));
    }

    public void WriteManifest(string manifest, WireBuffer to)
    {
        if (manifest.Length == 0)
        {
            to.WriteNumber(0);
        }
        else if (_manifests.TryGetValue(manifest, out var number))
        {
            to.WriteNumber((ulong)number);
        }
        else if (numbers)
        {
            _manifests[manifest] = _next++;
            to.WriteNumber(Defined);
            to.WriteText(manifest);
        }
        else
        {
            to.WriteNumber(Literal);
            to.WriteText(manifest);
        }
    }

    // A path without address is one of who sends; one of who receives has its address, as one of anybody else.
    private string TextOf(IActorRef sender)
    {
        var path = sender.Path;
        var place = path.Uid == ActorPath.UndefinedUid ? path.ToStringWithoutAddress() : $"{path.ToStringWithoutAddress()}#{path.Uid}";
        if (path.Address.HasLocalScope || path.Address.Equals(local)) return place;
        return path.Address.Equals(remote) ? remote + place : path.Address + place;
    }

    private static bool IsTemporary(ActorPath path) => path.Depth == 2 && path.Parent.Name == "temp";
}
