namespace AkkaKube.Runtime.Shell;

/// <summary>Expands a pattern to the names of the files that it matches.</summary>
internal static class Globbing
{
    /// <summary>In the order of their names; empty if there are none.</summary>
    public static List<string> Expand(FileSystem files, string workingDirectory, string pattern)
    {
        var absolute = pattern.StartsWith('/');
        var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var found = new List<string> { absolute ? "/" : "" };
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            var last = i == parts.Length - 1;
            var next = new List<string>();
            foreach (var directory in found)
            {
                var path = FileSystem.Join(workingDirectory, directory.Length == 0 ? "." : directory);
                if (!Pattern.HasMagic(part))
                {
                    var name = directory + Pattern.Unescape(part);
                    if (files.Find(FileSystem.Join(workingDirectory, name), follow: !last) is not null) next.Add(last ? name : name + "/");
                    continue;
                }

                if (files.Find(path) is not DirectoryInode inode) continue;
                foreach (var (name, entry) in files.List(path, inode))
                {
                    if (name.StartsWith('.') && !part.StartsWith('.')) continue;
                    if (!Pattern.Matches(part, name)) continue;
                    if (last) next.Add(directory + name);
                    else if (entry is DirectoryInode or LinkInode) next.Add(directory + name + "/");
                }
            }

            found = next;
        }

        return found;
    }
}
