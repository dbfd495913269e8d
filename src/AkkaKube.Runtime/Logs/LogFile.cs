namespace AkkaKube.Runtime;

/// <summary>Standard output or error of a container: what is written goes into its log.</summary>
internal sealed class LogFile(Container container, LogStream stream) : OpenFile
{
    public override bool IsTerminal => container.Config.Tty;

    public override Routine<bool> Write(Process process, ReadOnlyMemory<byte> bytes)
    {
        container.Print(stream, bytes);
        return Routine.Of(true);
    }
}
