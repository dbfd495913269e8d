namespace AkkaKube.Runtime.Applets;

/// <summary>cat</summary>
internal static class Cat
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "nbvtesAuTE");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var status = 0;
        var number = 0;
        foreach (var path in options.Operands.Count == 0 ? ["-"] : options.Operands)
        {
            if (await TextInput.OpenFile(process, options.Name, path) is not { } file)
            {
                status = 1;
                continue;
            }

            if (options.Has('n') || options.Has('b'))
            {
                var input = new TextInput(process, file);
                while (await input.Next() is { } line)
                {
                    var numbered = !options.Has('b') || line.Length > 0;
                    await process.Print((numbered ? $"{++number,6}\t" : "") + line + (input.HadNewline ? "\n" : ""));
                }

                input.Close();
                continue;
            }

            while (await file.Read(process, 64 * 1024) is { IsEmpty: false } chunk)
            {
                await process.Spend(1 + (chunk.Length / 4096));
                if (!await process.Write(1, chunk)) break;
            }

            file.Release();
        }

        return status;
    }
}
