using System.Globalization;
using System.Text;

namespace AkkaKube.Runtime.Applets;

/// <summary>What programs ask the system about: hostname, id, whoami, uname, ps, kill, df, free, uptime and their kind.</summary>
internal static class SystemTools
{
    public static async Routine<int> Hostname(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "isfdI");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var name = process.Container.Hostname;
        if (options.Has('i') || options.Has('I')) await process.PrintLine(process.Kernel.Network.Ip);
        else if (options.Has('f')) await process.PrintLine(process.Container.Pod.Fqdn ?? name);
        else if (options.Has('d')) await process.PrintLine(process.Container.Pod.Fqdn is { } full && full.Contains('.', StringComparison.Ordinal) ? full[(full.IndexOf('.', StringComparison.Ordinal) + 1)..] : "");
        else await process.PrintLine(options.Has('s') ? name.Split('.')[0] : name);
        return 0;
    }

    public static async Routine<int> Id(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "ugnrG");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var user = process.Container.Image.UserName(process.Uid);
        var group = process.Container.Image.UserName(process.Gid);
        if (options.Has('u')) await process.PrintLine(options.Has('n') ? user ?? process.Uid.ToString(CultureInfo.InvariantCulture) : process.Uid.ToString(CultureInfo.InvariantCulture));
        else if (options.Has('g') || options.Has('G')) await process.PrintLine(options.Has('n') ? group ?? process.Gid.ToString(CultureInfo.InvariantCulture) : process.Gid.ToString(CultureInfo.InvariantCulture));
        else await process.PrintLine($"uid={process.Uid}{Named(user)} gid={process.Gid}{Named(group)} groups={process.Gid}{Named(group)}");
        return 0;
    }

    public static async Routine<int> Whoami(Process process, IReadOnlyList<string> arguments)
    {
        if (process.Container.Image.UserName(process.Uid) is not { } name) return await process.Fail(arguments[0], $"unknown uid {process.Uid}");
        await process.PrintLine(name);
        return 0;
    }

    public static async Routine<int> Uname(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "asnrvmpio");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var parts = new (char Letter, string Text)[] { ('s', "Linux"), ('n', process.Container.Hostname), ('r', Kernel), ('v', "#1 SMP"), ('m', "x86_64"), ('o', "GNU/Linux") };
        var chosen = parts.Where(p => options.Has('a') || options.Has(p.Letter)).Select(p => p.Text).ToList();
        await process.PrintLine(chosen.Count == 0 ? "Linux" : string.Join(' ', chosen));
        return 0;
    }

    /// <summary>The release that the emulated machines say they run.</summary>
    public const string Kernel = "6.12.0-akkakube";

    public static async Routine<int> Ps(Process process, IReadOnlyList<string> arguments)
    {
        var output = new TextOutput(process);
        await output.Line("PID   USER     TIME  COMMAND");
        foreach (var each in process.Container.Processes)
        {
            var user = process.Container.Image.UserName(each.Uid) ?? each.Uid.ToString(CultureInfo.InvariantCulture);
            await output.Line($"{each.Pid,5} {user,-8} {"0:00",5} {string.Join(' ', each.Arguments)}");
        }

        await output.Flush();
        return 0;
    }

    public static async Routine<int> Env(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "iu:0", "ignore-environment=i unset=u", stopAtOperand: true);
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var environment = options.Has('i') ? [] : new Dictionary<string, string>(process.Environment);
        foreach (var name in options.Values('u')) environment.Remove(name);
        var command = options.Operands.ToList();
        while (command.Count > 0 && command[0].IndexOf('=', StringComparison.Ordinal) is var equals and > 0)
        {
            environment[command[0][..equals]] = command[0][(equals + 1)..];
            command.RemoveAt(0);
        }

        if (command.Count > 0) return await Launch(process, command, environment, options.Name);
        var output = new TextOutput(process);
        foreach (var (name, value) in environment) await output.Line($"{name}={value}");
        await output.Flush();
        return 0;
    }

    public static async Routine<int> PrintEnv(Process process, IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 1) return await Env(process, ["env"]);
        var status = 0;
        foreach (var name in arguments.Skip(1))
        {
            if (process.Variable(name) is { } value) await process.PrintLine(value);
            else status = 1;
        }

        return status;
    }

    /// <summary>Makes the process another program; 127 or 126 if there is none.</summary>
    public static async Routine<int> Launch(Process process, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string name)
    {
        var executable = Executable.Resolve(process.Files, environment, process.WorkingDirectory, command);
        if (executable.Program is not { } program)
        {
            return await process.Fail(name, $"can't execute '{command[0]}': {OsException.TextOf(executable.Error)}", executable.Error == Errno.NoEntry ? 127 : 126);
        }

        process.ReplaceBy(program, executable.Arguments, environment);
        return 0;
    }

    public static async Routine<int> Timeout(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "s:k:", "signal=s kill-after=k", stopAtOperand: true);
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        if (options.Operands.Count < 2) return await process.Fail(options.Name, "usage: timeout [-s SIG] [-k KILL_SECS] SECS PROG ARGS");
        if (Sleep.DurationOf(options.Operands[0]) is not { } limit) return await process.Fail(options.Name, $"invalid number '{options.Operands[0]}'");
        var signal = Signals.Parse(options.Value('s') ?? "TERM") ?? Signal.Term;
        var command = options.Operands.Skip(1).ToList();
        var executable = Executable.Resolve(process.Files, process.Environment, process.WorkingDirectory, command);
        if (executable.Program is null) return await process.Fail(options.Name, $"can't execute '{command[0]}': {OsException.TextOf(executable.Error)}", 127);
        var child = process.Spawn(executable.Program, executable.Arguments);
        process.SignalHandler = received =>
        {
            if (received == Signal.Chld) return false;
            child.Send(received);
            return true;
        };
        if (await Ends(process, child, limit)) return child.ExitCode!.Value;
        child.Send(signal);
        if (Sleep.DurationOf(options.Value('k') ?? "") is { } grace && !await Ends(process, child, grace)) child.Send(Signal.Kill);
        await child.Exited(process);
        if (child.KilledBy is not { } killer) return child.ExitCode!.Value;
        // The command took the place of timeout: what killed it is what ends this process.
        process.SignalHandler = null;
        process.Send(killer);
        if (process.HasExited) await new Pending<bool>(process);
        return 128 + (int)killer;
    }

    private static async Routine<bool> Ends(Process process, Process child, TimeSpan limit)
    {
        var ended = new Pending<bool>(process);
        var watcher = process.Spawn(async (self, _) =>
        {
            await child.Exited(self);
            ended.Complete(true);
            return 0;
        }, ["timeout"], []);
        process.Kernel.Complete(ended, limit);
        var inTime = await ended;
        watcher.Send(Signal.Kill);
        return inTime || child.HasExited;
    }

    public static async Routine<int> Df(Process process, IReadOnlyList<string> arguments)
    {
        var output = new TextOutput(process);
        await output.Line(arguments.Contains("-h") ? "Filesystem                Size      Used Available Use% Mounted on" : "Filesystem           1K-blocks      Used Available Use% Mounted on");
        foreach (var (name, path) in ((string Name, string Path)[])[("overlay", "/"), .. process.Files.Mounts.Where(m => m.Path.StartsWith('/')).Select(m => ("tmpfs", m.Path))])
        {
            await output.Line(arguments.Contains("-h") ? $"{name,-22}  {"97.9G",7} {"12.3G",9} {"85.6G",9} {"13%",4} {path}" : $"{name,-20} {102626232,9} {12897484,9} {89728748,9} {"13%",4} {path}");
        }

        await output.Flush();
        return 0;
    }

    public static async Routine<int> Du(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "shkmac");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        foreach (var operand in options.Operands.Count == 0 ? ["."] : options.Operands)
        {
            var bytes = FileTools.Tree(process, FileTools.Path(process, operand)).Sum(p => process.Files.Find(p, follow: false) is { } inode ? (Ls.SizeOf(inode) + 4095) / 4096 * 4096 : 0);
            await process.PrintLine($"{(options.Has('h') ? Ls.Human(bytes) : (bytes / 1024).ToString(CultureInfo.InvariantCulture))}\t{operand}");
        }

        return 0;
    }

    public static async Routine<int> Free(Process process, IReadOnlyList<string> arguments)
    {
        var unit = arguments.Contains("-m") ? 1024 : 1;
        var total = (process.Container.Config.MemoryLimit ?? 8L * 1024 * 1024 * 1024) / 1024 / unit;
        await process.PrintLine("              total        used        free      shared  buff/cache   available");
        await process.PrintLine($"Mem:    {total,11} {total / 8,11} {total / 2,11} {0,11} {total * 3 / 8,11} {total * 7 / 8,11}");
        return 0;
    }

    public static async Routine<int> Uptime(Process process, IReadOnlyList<string> arguments)
    {
        var up = process.Kernel.Now - (process.Container.StartedAt ?? process.Kernel.Now);
        await process.PrintLine($" {process.Kernel.Now.UtcDateTime:HH:mm:ss} up {(int)up.TotalHours:00}:{up.Minutes:00},  load average: 0.00, 0.00, 0.00");
        return 0;
    }

    public static async Routine<int> Nproc(Process process, IReadOnlyList<string> arguments)
    {
        await process.PrintLine(Math.Max(1, ((process.Container.Config.CpuLimitMillis ?? 2000) + 999) / 1000).ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static string Named(string? name) => name is null ? "" : $"({name})";
}

/// <summary>kill and killall</summary>
internal static class Kill
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var signal = Signal.Term;
        var at = 1;
        if (at < arguments.Count && arguments[at] == "-l")
        {
            if (at + 1 < arguments.Count)
            {
                if (Signals.Parse(arguments[at + 1]) is not { } known) return await process.Fail(arguments[0], $"unknown signal '{arguments[at + 1]}'");
                await process.PrintLine(int.TryParse(arguments[at + 1], out _) ? Signals.NameOf(known) : ((int)known).ToString(CultureInfo.InvariantCulture));
                return 0;
            }

            await process.PrintLine(string.Join('\n', Enum.GetValues<Signal>().Where(s => s > 0).Select(s => $"{(int)s,2}) {Signals.NameOf(s)}")));
            return 0;
        }

        if (at < arguments.Count && arguments[at] is "-s" or "-n") at++;
        else if (at < arguments.Count && arguments[at].Length > 1 && arguments[at][0] == '-' && arguments[at] != "--") arguments = [.. arguments.Take(at), arguments[at][1..], .. arguments.Skip(at + 1)];
        else at = 0;
        if (at > 0)
        {
            if (at >= arguments.Count || Signals.Parse(arguments[at]) is not { } given) return await process.Fail(arguments[0], $"bad signal name '{(at < arguments.Count ? arguments[at] : "")}'");
            signal = given;
        }

        var isByName = FileSystem.NameOf(arguments[0]) is "killall" or "pkill";
        var targets = arguments.Skip(at + 1).Where(a => a != "--").ToList();
        if (targets.Count == 0) return await process.Fail(arguments[0], "you need to specify whom to kill");
        var status = 0;
        foreach (var target in targets)
        {
            var chosen = isByName
                ? process.Container.Processes.Where(p => p.Name == target && p != process).ToList()
                : target == "-1"
                    ? [.. process.Container.Processes.Where(p => p != process && p.Pid != 1)]
                    : [.. process.Container.Processes.Where(p => p.Pid.ToString(CultureInfo.InvariantCulture) == target.TrimStart('-'))];
            if (chosen.Count == 0) status = await process.Fail(arguments[0], isByName ? $"{target}: no process killed" : $"can't kill pid {target}: No such process");
            foreach (var one in chosen) one.Send(signal);
        }

        // A process that has killed itself does not go on.
        if (process.HasExited) await new Pending<bool>(process);
        return status;
    }
}
