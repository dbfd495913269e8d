using System.Text;

namespace AkkaKube.Chaos.Runs;

/// <summary>Two writers that are told the same.</summary>
internal sealed class Both(TextWriter one, TextWriter other) : TextWriter
{
    public override Encoding Encoding => one.Encoding;

    public override void Write(char value)
    {
        one.Write(value);
        other.Write(value);
    }

    public override void WriteLine(string? value)
    {
        one.WriteLine(value);
        other.WriteLine(value);
    }
}
