namespace AkkaKube.Runtime.Applets;

/// <summary>The programs of the busybox image, by their names.</summary>
internal static class BusyBox
{
    public static readonly IReadOnlyDictionary<string, Program> Applets = new Dictionary<string, Program>
    {
        ["["] = Test.Run,
        ["[["] = Test.Run,
        ["arch"] = (process, _) => Print(process, "x86_64"),
        ["ash"] = ShellProgram.Run,
        ["awk"] = AwkApplet.Run,
        ["base64"] = SmallTools.Base64,
        ["basename"] = SmallTools.Basename,
        ["busybox"] = Multicall,
        ["cat"] = Cat.Run,
        ["chgrp"] = (_, _) => Routine.Of(0),
        ["chmod"] = FileTools.Chmod,
        ["chown"] = FileTools.Chown,
        ["clear"] = (process, _) => Print(process, "\x1b[H\x1b[J"),
        ["cp"] = FileTools.Cp,
        ["cut"] = Cut.Run,
        ["date"] = Date.Run,
        ["dd"] = SmallTools.Dd,
        ["df"] = SystemTools.Df,
        ["dirname"] = SmallTools.Dirname,
        ["du"] = SystemTools.Du,
        ["echo"] = Echo.Run,
        ["egrep"] = Grep.Run,
        ["env"] = SystemTools.Env,
        ["expr"] = SmallTools.Expr,
        ["false"] = (_, _) => Routine.Of(1),
        ["fgrep"] = Grep.Run,
        ["find"] = SmallTools.Find,
        ["fold"] = Rearrange.Fold,
        ["free"] = SystemTools.Free,
        ["grep"] = Grep.Run,
        ["head"] = Head.Run,
        ["hostname"] = SystemTools.Hostname,
        ["httpd"] = NetTools.Httpd,
        ["id"] = SystemTools.Id,
        ["kill"] = Kill.Run,
        ["killall"] = Kill.Run,
        ["less"] = Cat.Run,
        ["ln"] = FileTools.Ln,
        ["ls"] = Ls.Run,
        ["md5sum"] = SmallTools.Sum,
        ["mkdir"] = FileTools.Mkdir,
        ["mktemp"] = SmallTools.MkTemp,
        ["more"] = Cat.Run,
        ["mv"] = FileTools.Mv,
        ["nc"] = NetTools.Nc,
        ["nl"] = Rearrange.Nl,
        ["nohup"] = Nohup,
        ["nproc"] = SystemTools.Nproc,
        ["nslookup"] = NetTools.NsLookup,
        ["ping"] = NetTools.Ping,
        ["printenv"] = SystemTools.PrintEnv,
        ["printf"] = Printf.Run,
        ["ps"] = SystemTools.Ps,
        ["pwd"] = (process, _) => Print(process, process.WorkingDirectory),
        ["readlink"] = SmallTools.ReadLink,
        ["realpath"] = SmallTools.ReadLink,
        ["rev"] = Rearrange.Rev,
        ["rm"] = FileTools.Rm,
        ["rmdir"] = FileTools.Rmdir,
        ["sed"] = Sed.Run,
        ["seq"] = SmallTools.Seq,
        ["sh"] = ShellProgram.Run,
        ["sha1sum"] = SmallTools.Sum,
        ["sha256sum"] = SmallTools.Sum,
        ["sha512sum"] = SmallTools.Sum,
        ["sleep"] = Sleep.Run,
        ["sort"] = Sort.Run,
        ["stat"] = SmallTools.Stat,
        ["sync"] = (_, _) => Routine.Of(0),
        ["tac"] = Rearrange.Tac,
        ["tail"] = Tail.Run,
        ["tee"] = SmallTools.Tee,
        ["test"] = Test.Run,
        ["timeout"] = SystemTools.Timeout,
        ["touch"] = FileTools.Touch,
        ["tr"] = Tr.Run,
        ["true"] = (_, _) => Routine.Of(0),
        ["tty"] = (process, _) => Print(process, "not a tty"),
        ["uname"] = SystemTools.Uname,
        ["uniq"] = Uniq.Run,
        ["uptime"] = SystemTools.Uptime,
        ["usleep"] = Sleep.Run,
        ["wc"] = Wc.Run,
        ["wget"] = Wget.Run,
        ["which"] = SmallTools.Which,
        ["whoami"] = SystemTools.Whoami,
        ["xargs"] = SmallTools.Xargs,
        ["yes"] = SmallTools.Yes,
    };

    private static async Routine<int> Print(Process process, string text)
    {
        await process.PrintLine(text);
        return 0;
    }

    /// <summary><c>busybox ls -l</c></summary>
    private static async Routine<int> Multicall(Process process, IReadOnlyList<string> arguments)
    {
        if (arguments.Count < 2 || arguments[1] == "--help")
        {
            await process.PrintLine("BusyBox v1.37.0 multi-call binary.\n\nCurrently defined functions:\n\t" + string.Join(", ", Applets.Keys.Order(StringComparer.Ordinal)));
            return 0;
        }

        if (arguments[1] == "--list")
        {
            await process.PrintLine(string.Join('\n', Applets.Keys.Order(StringComparer.Ordinal)));
            return 0;
        }

        return Applets.TryGetValue(arguments[1], out var applet) ? await applet(process, [.. arguments.Skip(1)]) : await process.Fail(arguments[1], "applet not found", 127);
    }

    private static async Routine<int> Nohup(Process process, IReadOnlyList<string> arguments)
    {
        process.Ignore(Signal.Hup, true);
        return arguments.Count < 2 ? await process.Fail(arguments[0], "usage: nohup PROG ARGS") : await SystemTools.Launch(process, [.. arguments.Skip(1)], process.Environment, arguments[0]);
    }
}
