using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace Akka.Cluster.Tests.TestHosts;

/// <summary>Lets a <see cref="Note"/> go between actor systems.</summary>
internal sealed class NoteSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 4711;

    public override string Manifest(object o) => "note";

    public override byte[] ToBinary(object obj) => obj is Note note
        ? Encoding.UTF8.GetBytes($"{note.Entity}|{note.From}|{note.Number}")
        : throw new ArgumentException($"{obj} is no note");

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var parts = Encoding.UTF8.GetString(bytes).Split('|');
        return new Note(parts[0], parts[1], int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture));
    }
}
