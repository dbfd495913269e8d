namespace AkkaKube.Persistence.Tests;

/// <summary>What another process does with a file that this one shares (<see cref="SharedSqliteSpec"/>).</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        SharedWriter.Run(args[0], args[1], int.Parse(args[2], null), Console.In, Console.Out);
        return 0;
    }
}
