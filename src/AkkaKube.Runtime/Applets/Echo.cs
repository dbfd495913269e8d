using AkkaKube.Runtime.Shell;

namespace AkkaKube.Runtime.Applets;

/// <summary>echo</summary>
internal static class Echo
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var at = 1;
        var newline = true;
        var escapes = false;
        for (; at < arguments.Count && arguments[at].Length > 1 && arguments[at][0] == '-' && arguments[at].Skip(1).All(c => c is 'n' or 'e' or 'E'); at++)
        {
            foreach (var letter in arguments[at].Skip(1))
            {
                if (letter == 'n') newline = false;
                else escapes = letter == 'e';
            }
        }

        var text = string.Join(' ', arguments.Skip(at));
        if (escapes)
        {
            text = Escapes.Expand(text, out var ended);
            newline &= !ended;
        }

        return await process.Print(newline ? text + "\n" : text) ? 0 : 1;
    }
}
