using Akka.Actor;
using Akka.Serialization;

namespace Akka.Remote.Associations;

/// <summary>What a frame is: its first byte after the length.</summary>
internal enum FrameKind : byte
{
    /// <summary>From who calls: who it is, and whom it wants.</summary>
    Hello = 1,

    /// <summary>The answer: come in.</summary>
    Welcome = 2,

    /// <summary>The answer: stay out.</summary>
    Refused = 3,

    /// <summary>A message to an actor.</summary>
    Message = 4,

    /// <summary>A message that could not be written after all: its head may have given numbers to paths.</summary>
    Skipped = 5,

    /// <summary>A numbered message of the engine to a cell.</summary>
    System = 6,

    /// <summary>Up to which number those of the other side have come.</summary>
    Ack = 7,

    /// <summary>All numbers of paths and manifests are forgotten.</summary>
    Forget = 8,

    /// <summary>The last frame: the caller goes.</summary>
    Bye = 9,

    /// <summary>From who is called: so many frames of the session have arrived.</summary>
    Received = 10,
}

/// <summary>Why a connection is refused or left.</summary>
internal enum Farewell : byte
{
    Shutdown = 1,
    Quarantined = 2,
    WrongAddress = 3,
    WrongVersion = 4,
}

/// <summary>The first frame of each side. Fields are numbered and have a length; one that a reader does not know it passes over.</summary>
/// <param name="Version">The protocol that it speaks.</param>
/// <param name="OldestVersion">The oldest that it understands.</param>
/// <param name="From">Who it is.</param>
/// <param name="Uid">Which incarnation.</param>
/// <param name="To">Whom it means.</param>
/// <param name="Session">In a hello: what goes on over several connections; 0: nothing does.</param>
/// <param name="Received">In a welcome: how many frames of that session have arrived.</param>
internal sealed record Handshake(int Version, int OldestVersion, Address From, int Uid, Address? To, int Session = 0, long Received = 0)
{
    /// <summary>The protocol that this code speaks, and the oldest that it understands.</summary>
    public const int CurrentVersion = 1;
    public const int OldestUnderstood = 1;

    public bool IsUnderstood => Version >= OldestUnderstood && OldestVersion <= CurrentVersion;

    public void Write(WireBuffer to, FrameKind kind)
    {
        var start = Frame.Begin(to, kind);
        Number(to, 1, Version);
        Number(to, 2, OldestVersion);
        Text(to, 3, From.ToString());
        Number(to, 4, Uid);
        if (To is not null) Text(to, 5, To.ToString());
        if (Session != 0) Number(to, 6, Session);
        if (Received != 0)
        {
            to.WriteNumber(7);
            to.WriteNumber(8);
            to.WriteFixed64(Received);
        }

        Frame.End(to, start);
    }

    public static Handshake Read(ref WireReader from)
    {
        int version = 0, oldest = 0, uid = 0, session = 0;
        long received = 0;
        Address? address = null, to = null;
        while (!from.IsAtEnd)
        {
            var field = from.ReadNumber();
            var value = new WireReader(from.Take(from.ReadCount()));
            switch (field)
            {
                case 1:
                    version = value.ReadFixed32();
                    break;
                case 2:
                    oldest = value.ReadFixed32();
                    break;
                case 3:
                    address = Address.Parse(System.Text.Encoding.UTF8.GetString(value.Rest()));
                    break;
                case 4:
                    uid = value.ReadFixed32();
                    break;
                case 5:
                    to = Address.Parse(System.Text.Encoding.UTF8.GetString(value.Rest()));
                    break;
                case 6:
                    session = value.ReadFixed32();
                    break;
                case 7:
                    received = value.ReadFixed64();
                    break;
            }
        }

        if (address is null || uid == 0) throw new FormatException("A handshake does not say who it is from");
        return new Handshake(version, oldest, address, uid, to, session, received);
    }

    private static void Number(WireBuffer to, int field, int value)
    {
        to.WriteNumber((ulong)field);
        to.WriteNumber(4);
        to.WriteFixed32(value);
    }

    private static void Text(WireBuffer to, int field, string value)
    {
        to.WriteNumber((ulong)field);
        to.WriteText(value);
    }
}

/// <summary>Frames in a buffer: the length, the kind, the body.</summary>
internal static class Frame
{
    public const int HeadLength = 4;

    public static int Begin(WireBuffer to, FrameKind kind)
    {
        var start = to.Length;
        to.WriteFixed32(0);
        to.WriteByte((byte)kind);
        return start;
    }

    public static void End(WireBuffer to, int start) => to.PatchFixed32(start, to.Length - start - HeadLength);

    public static void WriteFarewell(WireBuffer to, FrameKind kind, Farewell reason, string text)
    {
        var start = Begin(to, kind);
        to.WriteByte((byte)reason);
        to.WriteText(text);
        End(to, start);
    }
}
