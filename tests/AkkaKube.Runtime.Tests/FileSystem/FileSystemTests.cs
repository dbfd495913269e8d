using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.Runtime.Tests.Files;

public class FileSystemTests
{
    private static readonly string[] Paths = ["/a", "/a/b", "/a/b/c", "/d", "/etc/passwd", "/etc/new", "/tmp/x"];

    [Fact]
    public void What_a_container_writes_leaves_the_image_and_other_containers_alone()
    {
        var (one, two) = (new EmulatedMachine(), new EmulatedMachine());
        one.Sh("echo changed > /etc/passwd; rm /bin/ls; mkdir /etc/d; cat /etc/passwd; ls").ExitCode.ShouldBe(127);
        one.Output.ShouldBe("changed\n");
        two.Sh("head -n 1 /etc/passwd; ls -d /bin/ls; ls /etc/d");
        two.Output.ShouldBe("root:x:0:0:root:/root:/bin/sh\n/bin/ls\n");
    }

    [Fact]
    public void Links_lead_where_they_say_and_a_circle_is_an_error()
    {
        var machine = new EmulatedMachine();
        machine.Sh("mkdir -p /x/y; echo data > /x/y/f; ln -s y /x/l; ln -s /x/l/f /abs; cat /x/l/f /abs; ln -s /p /q; ln -s /q /p; cat /p");
        machine.Output.ShouldBe("data\ndata\n");
        machine.Errors.ShouldBe("cat: can't open '/p': Too many levels of symbolic links\n");
    }

    /// <summary>Writing, making, removing and moving in any order gives what a table of paths gives.</summary>
    [Fact]
    public void A_tree_over_an_image_behaves_like_a_table_of_paths() => Check.One(
        FsCheck.Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll(Gen.Choose(0, 1000).ListOf().ToArbitrary(), numbers =>
        {
            var machine = new EmulatedMachine();
            var container = machine.Create(new ContainerConfig("main", "busybox"));
            var process = container.NewProcess(null, ["test"], "/", []);
            var files = container.Files;
            var table = new Dictionary<string, string?> { ["/etc"] = null, ["/tmp"] = null, ["/etc/passwd"] = Text(files, process, "/etc/passwd") };
            foreach (var number in numbers)
            {
                var (path, other) = (Paths[number % Paths.Length], Paths[number / 7 % Paths.Length]);
                var parent = AkkaKube.Runtime.FileSystem.ParentOf(path);
                var parentIsThere = parent == "/" || (table.TryGetValue(parent, out var content) && content is null);
                switch (number % 3)
                {
                    case 0:
                        var writable = parentIsThere && !(table.TryGetValue(path, out var old) && old is null);
                        Tries(() => files.WriteAll(process, path, Encoding.UTF8.GetBytes($"{number}"))).ShouldBe(writable);
                        if (writable) table[path] = $"{number}";
                        break;
                    case 1:
                        var free = parentIsThere && !table.ContainsKey(path);
                        Tries(() => files.MakeDirectory(process, path)).ShouldBe(free);
                        if (free) table[path] = null;
                        break;
                    default:
                        var removable = table.ContainsKey(path) && !table.Keys.Any(k => k.StartsWith(path + "/", StringComparison.Ordinal));
                        Tries(() => files.Remove(process, path)).ShouldBe(removable);
                        if (removable) table.Remove(path);
                        break;
                }

                (files.Find(other) is not null).ShouldBe(table.ContainsKey(other));
            }

            return table.All(e => e.Value is null ? files.IsDirectory(e.Key) : Text(files, process, e.Key) == e.Value);
        }));

    private static string Text(AkkaKube.Runtime.FileSystem files, Process process, string path) => Encoding.UTF8.GetString(files.Read(process, path).Span);

    private static bool Tries(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (OsException)
        {
            return false;
        }
    }
}
