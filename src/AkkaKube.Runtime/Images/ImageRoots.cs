using System.Globalization;
using System.Text;
using AkkaKube.Runtime.Applets;

namespace AkkaKube.Runtime;

/// <summary>The file trees of the images that are known. Each is made once and shared by every container of the process.</summary>
internal static class ImageRoots
{
    private const int Executable = 0b111_101_101;
    private static readonly DateTimeOffset BuiltAt = new(2026, 4, 21, 0, 0, 0, TimeSpan.Zero);

    private const string Accounts = "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\nbin:x:2:2:bin:/bin:/bin/false\nwww-data:x:33:33:www-data:/var/www:/bin/false\nnobody:x:65534:65534:nobody:/home:/bin/false\n";

    public static readonly DirectoryInode BusyBox = Make(new Dictionary<string, Inode>(), "/bin", "sh");

    public static readonly DirectoryInode Alpine = Make(new Dictionary<string, Inode>
    {
        ["/etc/alpine-release"] = File("3.22.1\n"),
        ["/etc/os-release"] = File("NAME=\"Alpine Linux\"\nID=alpine\nVERSION_ID=3.22.1\nPRETTY_NAME=\"Alpine Linux v3.22\"\n"),
    }, "/bin", "sh");

    public static readonly DirectoryInode Debian = Make(DebianFiles(), "/bin", "bash");

    public static readonly DirectoryInode CurlImage = Make(new Dictionary<string, Inode> { ["/usr/bin/curl"] = new FileInode([], mode: Executable) { Program = Curl.Run } }, "/bin", "sh");

    public static readonly DirectoryInode Nginx = Make(new Dictionary<string, Inode>(DebianFiles())
    {
        ["/docker-entrypoint.sh"] = new FileInode([], mode: Executable) { Program = Programs.Nginx.Entrypoint },
        ["/usr/sbin/nginx"] = new FileInode([], mode: Executable) { Program = Programs.Nginx.Run },
        ["/usr/bin/curl"] = new FileInode([], mode: Executable) { Program = Curl.Run },
        ["/usr/share/nginx/html/index.html"] = File(Programs.Nginx.WelcomePage),
        ["/usr/share/nginx/html/50x.html"] = File(Programs.Nginx.ErrorPage),
        ["/etc/nginx/nginx.conf"] = File(Programs.Nginx.MainConfiguration),
        ["/etc/nginx/conf.d/default.conf"] = File(Programs.Nginx.DefaultConfiguration),
        ["/etc/passwd"] = File(Accounts + "nginx:x:101:101:nginx user:/nonexistent:/bin/false\n"),
        ["/var/log/nginx/access.log"] = new LinkInode("/dev/stdout"),
        ["/var/log/nginx/error.log"] = new LinkInode("/dev/stderr"),
        ["/var/cache/nginx"] = new DirectoryInode(),
    }, "/bin", "bash");

    public static readonly DirectoryInode Httpd = Make(new Dictionary<string, Inode>(DebianFiles())
    {
        ["/usr/local/bin/httpd-foreground"] = new FileInode([], mode: Executable) { Program = Programs.Apache.Run },
        ["/usr/local/apache2/bin/httpd"] = new FileInode([], mode: Executable) { Program = Programs.Apache.Run },
        ["/usr/local/apache2/htdocs/index.html"] = File("<html><body><h1>It works!</h1></body></html>\n"),
    }, "/bin", "bash");

    public static readonly DirectoryInode Agnhost = Make(new Dictionary<string, Inode>
    {
        ["/agnhost"] = new FileInode([], mode: Executable) { Program = Programs.Agnhost.Run },
        ["/usr/bin/curl"] = new FileInode([], mode: Executable) { Program = Curl.Run },
    }, "/bin", "sh");

    /// <summary>An image with one program and nothing else in it, not even a shell.</summary>
    public static DirectoryInode Only(string path, Program program) => Make(new Dictionary<string, Inode> { [path] = new FileInode([], mode: Executable) { Program = program } }, null, "");

    /// <summary>A Debian image with some more programs.</summary>
    public static DirectoryInode DebianWith(string path, Program program) => Make(new Dictionary<string, Inode>(DebianFiles()) { [path] = new FileInode([], mode: Executable) { Program = program } }, "/bin", "bash");

    private static Dictionary<string, Inode> DebianFiles() => new()
    {
        ["/etc/debian_version"] = File("12.11\n"),
        ["/etc/os-release"] = File("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n"),
    };

    private static FileInode File(string text) => new(Encoding.UTF8.GetBytes(text));

    private static DirectoryInode Make(Dictionary<string, Inode> files, string? applets, string shell)
    {
        var root = new DirectoryInode();
        foreach (var directory in (string[])["/bin", "/dev", "/etc", "/home", "/proc", "/root", "/sys", "/tmp", "/usr/bin", "/usr/sbin", "/var/log", "/var/run", "/var/www"]) Directory(root, directory);
        if (applets is not null)
        {
            foreach (var (name, program) in Applets.BusyBox.Applets) Put(root, $"{applets}/{name}", new FileInode([], mode: Executable) { Program = program });
            if (shell == "bash") Put(root, $"{applets}/bash", new FileInode([], mode: Executable) { Program = ShellProgram.Run });
            foreach (var name in (string[])["env", "awk", "seq"]) Put(root, $"/usr/bin/{name}", new LinkInode($"{applets}/{name}"));
        }

        Put(root, "/etc/passwd", File(Accounts));
        Put(root, "/etc/group", File("root:x:0:\ndaemon:x:1:\nwww-data:x:33:\nnobody:x:65534:\n"));
        foreach (var name in (string[])["/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/dev/termination-log"]) Put(root, name, File(""));
        Directory(root, "/tmp").Mode = 0b111_111_111;
        Devices(root);
        Proc(root);
        foreach (var (path, inode) in files) Put(root, path, inode);
        Date(root);
        return root.Frozen();
    }

    private static void Devices(DirectoryInode root)
    {
        Put(root, "/dev/null", new DeviceInode(_ => new NullFile()));
        Put(root, "/dev/zero", new DeviceInode(_ => new EndlessFile(random: false)));
        Put(root, "/dev/random", new DeviceInode(_ => new EndlessFile(random: true)));
        Put(root, "/dev/urandom", new DeviceInode(_ => new EndlessFile(random: true)));
        Put(root, "/dev/stdin", new DeviceInode(process => process.File(0)?.Share()));
        Put(root, "/dev/stdout", new DeviceInode(process => process.File(1)?.Share()));
        Put(root, "/dev/stderr", new DeviceInode(process => process.File(2)?.Share()));
        // A program often writes to the first process' output, to get into the container's log.
        Put(root, "/proc/1/fd/1", new DeviceInode(process => process.Container.Init?.File(1)?.Share()));
        Put(root, "/proc/1/fd/2", new DeviceInode(process => process.Container.Init?.File(2)?.Share()));
        Put(root, "/proc/self/fd/1", new DeviceInode(process => process.File(1)?.Share()));
        Put(root, "/proc/self/fd/2", new DeviceInode(process => process.File(2)?.Share()));
    }

    private static void Proc(DirectoryInode root)
    {
        string CommandLine(Process? process) => process is null ? "" : string.Concat(process.Arguments.Select(a => a + "\0"));
        Put(root, "/proc/version", new GeneratedInode(_ => $"Linux version {SystemTools.Kernel} (akkakube)\n"));
        Put(root, "/proc/uptime", new GeneratedInode(p => string.Create(CultureInfo.InvariantCulture, $"{(p.Kernel.Now - (p.Container.StartedAt ?? p.Kernel.Now)).TotalSeconds:0.00} 0.00\n")));
        Put(root, "/proc/loadavg", new GeneratedInode(p => $"0.00 0.00 0.00 1/{p.Container.Processes.Count} {p.Pid}\n"));
        Put(root, "/proc/meminfo", new GeneratedInode(p => $"MemTotal:       {8 * 1024 * 1024,8} kB\nMemFree:        {7 * 1024 * 1024,8} kB\nMemAvailable:   {p.Container.Config.MemoryLimit / 1024 ?? 7 * 1024 * 1024,8} kB\n"));
        Put(root, "/proc/cpuinfo", new GeneratedInode(_ => "processor\t: 0\nmodel name\t: AkkaKube\n\nprocessor\t: 1\nmodel name\t: AkkaKube\n"));
        Put(root, "/proc/mounts", new GeneratedInode(p => string.Concat(p.Files.Mounts.Select(m => $"tmpfs {m.Path} tmpfs {(m.ReadOnly ? "ro" : "rw")} 0 0\n").Prepend("overlay / overlay rw 0 0\n"))));
        Put(root, "/proc/self/cmdline", new GeneratedInode(CommandLine));
        Put(root, "/proc/1/cmdline", new GeneratedInode(p => CommandLine(p.Container.Init)));
        Put(root, "/proc/1/comm", new GeneratedInode(p => (p.Container.Init?.Name ?? "") + "\n"));
        Put(root, "/proc/self/environ", new GeneratedInode(p => string.Concat(p.Environment.Select(e => $"{e.Key}={e.Value}\0"))));
        Put(root, "/proc/1/environ", new GeneratedInode(p => string.Concat(p.Container.Environment.Select(e => $"{e.Key}={e.Value}\0"))));
    }

    private static DirectoryInode Directory(DirectoryInode root, string path)
    {
        var at = root;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at.Find(part) is not DirectoryInode next) at.Set(part, next = new DirectoryInode());
            at = next;
        }

        return at;
    }

    private static void Put(DirectoryInode root, string path, Inode inode) => Directory(root, FileSystem.ParentOf(path)).Set(FileSystem.NameOf(path), inode);

    private static void Date(DirectoryInode directory)
    {
        directory.ModifiedAt = BuiltAt;
        foreach (var (_, inode) in directory.Entries)
        {
            inode.ModifiedAt = BuiltAt;
            if (inode is DirectoryInode below) Date(below);
        }
    }
}
