using System.Text;
using AkkaKube.Runtime.Shell;

namespace AkkaKube.Runtime.Applets;

/// <summary>sh: a command string, a script file, or commands from standard input.</summary>
internal static class ShellProgram
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var at = 1;
        var command = false;
        var fromInput = false;
        var runsFile = false;
        var options = new List<string>();
        for (; at < arguments.Count && arguments[at].Length > 1 && arguments[at][0] is '-' or '+'; at++)
        {
            if (arguments[at] == "--")
            {
                at++;
                break;
            }

            if (arguments[at] is "-o" or "+o" && at + 1 < arguments.Count)
            {
                options.AddRange([arguments[at], arguments[++at]]);
                continue;
            }

            if (arguments[at].StartsWith("--", StringComparison.Ordinal)) continue;
            var letters = arguments[at][1..];
            command |= letters.Contains('c', StringComparison.Ordinal);
            fromInput |= letters.Contains('s', StringComparison.Ordinal);
            var rest = string.Concat(letters.Where(l => l is not ('c' or 'l' or 'i' or 's')));
            if (rest.EndsWith('o') && at + 1 < arguments.Count) options.AddRange([arguments[at][0] + rest, arguments[++at]]);
            else if (rest.Length > 0) options.Add(arguments[at][0] + rest);
        }

        string script;
        var name = arguments[0];
        IReadOnlyList<string> parameters = [];
        if (command)
        {
            if (at >= arguments.Count) return await process.Fail(name, "-c requires an argument", 2);
            script = arguments[at];
            if (at + 1 < arguments.Count) name = arguments[at + 1];
            parameters = [.. arguments.Skip(at + 2)];
        }
        else if (at < arguments.Count && !fromInput)
        {
            runsFile = true;
            var path = FileSystem.Join(process.WorkingDirectory, arguments[at]);
            if (process.Files.Find(path) is null) return await process.Fail(name, $"can't open '{arguments[at]}': No such file or directory", 2);
            script = Encoding.UTF8.GetString(process.Files.Read(process, path).Span);
            name = arguments[at];
            parameters = [.. arguments.Skip(at + 1)];
        }
        else
        {
            // Commands come from standard input; all of them are read before the first is run.
            var bytes = new List<byte>();
            while (await process.Read() is { IsEmpty: false } chunk) bytes.AddRange(chunk.Span);
            script = Encoding.UTF8.GetString([.. bytes]);
            runsFile = true;
            parameters = [.. arguments.Skip(at)];
        }

        var shell = new ShellInterpreter(process, name, parameters) { RunsFile = runsFile };
        return await shell.RunScript(options, script);
    }
}
