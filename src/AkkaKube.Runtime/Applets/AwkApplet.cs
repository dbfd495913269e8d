using System.Text;
using AkkaKube.Runtime.Awk;

namespace AkkaKube.Runtime.Applets;

/// <summary>awk</summary>
internal static class AwkApplet
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "F:v:f:", stopAtOperand: true);
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var operands = options.Operands.ToList();
        var text = string.Join('\n', options.Values('f').Select(f => Encoding.UTF8.GetString(process.Files.Read(process, FileTools.Path(process, f)).Span)));
        if (!options.Has('f'))
        {
            if (operands.Count == 0) return await process.Fail(options.Name, "usage: awk [-F SEP] [-v VAR=VALUE]... PROGRAM [FILE]...");
            text = operands[0];
            operands.RemoveAt(0);
        }

        try
        {
            return await Run(process, options, AwkParser.Parse(text), operands);
        }
        catch (FormatException bad)
        {
            return await process.Fail(options.Name, $"cmd. line:1: {bad.Message}");
        }
    }

    private static async Routine<int> Run(Process process, AppletOptions options, AwkProgram program, List<string> paths)
    {
        var awk = new AwkInterpreter(program, process.Kernel.Random);
        if (options.Value('F') is { } separator) awk.Set("FS", separator == "t" ? "\t" : Shell.Escapes.Expand(separator, out _));
        foreach (var (name, value) in process.Environment) awk.SetElement("ENVIRON", name, value);
        foreach (var assignment in options.Values('v').Select(v => v.Split('=', 2)).Where(v => v.Length == 2)) awk.Set(assignment[0], Shell.Escapes.Expand(assignment[1], out _));
        awk.Run("BEGIN");
        await Flush(process, awk);
        var status = 0;
        var needsInput = program.Rules.Any(r => r.Kind != "BEGIN");
        foreach (var path in !needsInput || awk.HasExited ? [] : paths.Count == 0 ? ["-"] : paths)
        {
            if (path.IndexOf('=', StringComparison.Ordinal) is var equals and > 0 && path[..equals].All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            {
                awk.Set(path[..equals], path[(equals + 1)..]);
                continue;
            }

            if (await TextInput.Open(process, options.Name, path) is not { } input)
            {
                status = 1;
                continue;
            }

            awk.Set("FILENAME", path == "-" ? "" : path);
            if (await Records(process, awk, input)) break;
        }

        awk.Run("END");
        await Flush(process, awk);
        return awk.ExitCode != 0 ? awk.ExitCode & 0xFF : status;
    }

    /// <summary>True if the program has exited.</summary>
    private static async Routine<bool> Records(Process process, AwkInterpreter awk, TextInput input)
    {
        // getline takes what is here already; it cannot wait in the middle of an expression.
        awk.NextRecord = input.NextIfHere;
        while (!awk.HasExited && await input.Next() is { } line)
        {
            awk.RunRecord(line);
            await process.Spend();
            if (awk.Output.Length > 4096 || !input.HasMore) await Flush(process, awk);
        }

        input.Close();
        return awk.HasExited;
    }

    private static async Routine<bool> Flush(Process process, AwkInterpreter awk)
    {
        foreach (var (path, file) in awk.Files.ToList())
        {
            if (file.Text.Length == 0) continue;
            if (path == "/dev/stderr")
            {
                await process.Write(2, Encoding.UTF8.GetBytes(file.Text.ToString()));
            }
            else
            {
                var target = process.Files.OpenToWrite(process, FileTools.Path(process, path), file.Append);
                await target.Write(process, Encoding.UTF8.GetBytes(file.Text.ToString()));
                target.Release();
            }

            file.Text.Clear();
            awk.Files[path] = (file.Text, true);
        }

        if (awk.Output.Length == 0) return true;
        var text = awk.Output.ToString();
        awk.Output.Clear();
        return await process.Print(text);
    }
}
