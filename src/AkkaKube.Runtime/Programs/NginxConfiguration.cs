using System.Globalization;
using System.Text;

namespace AkkaKube.Runtime.Programs;

/// <summary>What nginx is told to do, of its configuration's language the part that small servers use.</summary>
/// <param name="Servers">The server blocks.</param>
internal sealed record NginxConfiguration(IReadOnlyList<NginxConfiguration.Server> Servers)
{
    /// <summary>A server block.</summary>
    internal sealed record Server(IReadOnlyList<int> Ports, string Name, string Root, IReadOnlyList<string> Index, IReadOnlyList<Location> Locations, (int Code, string Text)? Return);

    /// <summary>A location block; an exact one, or every path that starts so.</summary>
    internal sealed record Location(string Path, bool Exact, string? Root, string? Alias, string? ProxyPass, (int Code, string Text)? Return, IReadOnlyList<string>? Index, string? DefaultType, bool FallsBackToIndex);

    private sealed record Directive(IReadOnlyList<string> Words, IReadOnlyList<Directive>? Block);

    private static readonly Lazy<NginxConfiguration> OfTheImage = new(() => Parse(new FileSystem(ImageRoots.Nginx, readOnly: true, () => default), "/etc/nginx/nginx.conf"));

    /// <summary>Reads a configuration with what it includes.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static NginxConfiguration Read(Process process, string path)
    {
        // Most containers have the files of the image: what they say is the same object for all.
        var isOfTheImage = path == "/etc/nginx/nginx.conf" && process.Files.Find("/etc/nginx") == ((DirectoryInode)ImageRoots.Nginx.Find("etc")!).Find("nginx") &&
            process.Files.Find("/etc/nginx/conf.d/default.conf") is FileInode { IsFrozen: true } && !process.Files.Mounts.Any(m => m.Path.StartsWith("/etc/nginx", StringComparison.Ordinal));
        return isOfTheImage ? OfTheImage.Value : Parse(process.Files, path);
    }

    private static NginxConfiguration Parse(FileSystem files, string path)
    {
        var directives = Load(files, path, 0);
        var servers = new List<Server>();
        foreach (var http in directives.Where(d => d.Words[0] == "http"))
        {
            foreach (var server in http.Block!.Where(d => d.Words[0] == "server")) servers.Add(ServerOf(server.Block!));
        }

        return new NginxConfiguration(servers);
    }

    /// <summary>The location that answers a path: the exact one, or the longest that it starts with.</summary>
    public static Location? Match(Server server, string path) =>
        server.Locations.FirstOrDefault(l => l.Exact && l.Path == path) ??
        server.Locations.Where(l => !l.Exact && path.StartsWith(l.Path, StringComparison.Ordinal)).MaxBy(l => l.Path.Length);

    private static List<Directive> Load(FileSystem files, string path, int depth)
    {
        if (files.Find(path) is not FileInode file) throw new FormatException($"open() \"{path}\" failed (2: No such file or directory)");
        var tokens = Tokens(Encoding.UTF8.GetString(file.Content.Span));
        var at = 0;
        return Block(files, tokens, ref at, path, depth, nested: false);
    }

    private static List<Directive> Block(FileSystem files, List<string> tokens, ref int at, string path, int depth, bool nested)
    {
        if (depth > 20) throw new FormatException($"nested too deep in {path}");
        var directives = new List<Directive>();
        while (at < tokens.Count)
        {
            if (tokens[at] == "}")
            {
                if (!nested) throw new FormatException($"unexpected \"}}\" in {path}");
                at++;
                return directives;
            }

            var words = new List<string>();
            while (at < tokens.Count && tokens[at] is not (";" or "{" or "}")) words.Add(tokens[at++]);
            if (at >= tokens.Count || tokens[at] == "}" || words.Count == 0) throw new FormatException(at >= tokens.Count ? $"unexpected end of file, expecting \";\" or \"}}\" in {path}" : $"unexpected \"{tokens[at]}\" in {path}");
            for (var i = 0; i < words.Count; i++) words[i] = words[i].Length > 0 && words[i][0] == '\x01' ? words[i][1..] : words[i];
            if (tokens[at++] == "{")
            {
                directives.Add(new Directive(words, Block(files, tokens, ref at, path, depth + 1, nested: true)));
            }
            else if (words[0] == "include" && words.Count == 2)
            {
                foreach (var file in Shell.Globbing.Expand(files, "/", FileSystem.Join("/etc/nginx", words[1])))
                {
                    if (FileSystem.NameOf(file) != "mime.types") directives.AddRange(Load(files, file, depth + 1));
                }
            }
            else
            {
                directives.Add(new Directive(words, null));
            }
        }

        return nested ? throw new FormatException($"unexpected end of file, expecting \"}}\" in {path}") : directives;
    }

    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
            }
            else if (c == '#')
            {
                while (at < text.Length && text[at] != '\n') at++;
            }
            else if (c is ';' or '{' or '}')
            {
                tokens.Add(c.ToString());
                at++;
            }
            else if (c is '"' or '\'')
            {
                var word = new StringBuilder("\x01");
                for (at++; at < text.Length && text[at] != c; at++)
                {
                    if (text[at] == '\\' && at + 1 < text.Length) word.Append(text[++at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other });
                    else word.Append(text[at]);
                }

                at++;
                tokens.Add(word.ToString());
            }
            else
            {
                var start = at;
                while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not (';' or '{' or '}')) at++;
                // ${variable} inside of a word is no block.
                tokens.Add(text[start..at]);
            }
        }

        return tokens;
    }

    private static Server ServerOf(IReadOnlyList<Directive> block)
    {
        string? Value(string name) => block.LastOrDefault(d => d.Words[0] == name && d.Words.Count > 1)?.Words[1];
        var ports = block.Where(d => d.Words[0] == "listen" && d.Words.Count > 1).Select(d => int.TryParse(d.Words[1][(d.Words[1].LastIndexOf(':') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 80).Distinct().ToList();
        var index = block.LastOrDefault(d => d.Words[0] == "index")?.Words.Skip(1).ToList();
        return new Server(ports.Count == 0 ? [80] : ports, Value("server_name") ?? "", Value("root") ?? "/etc/nginx/html", index ?? ["index.html"], [.. block.Where(d => d.Words[0] == "location" && d.Block is not null).Select(LocationOf)], ReturnOf(block));
    }

    private static Location LocationOf(Directive location)
    {
        var block = location.Block!;
        string? Value(string name) => block.LastOrDefault(d => d.Words[0] == name && d.Words.Count > 1)?.Words[1];
        var exact = location.Words.Count > 2 && location.Words[1] == "=";
        var tries = block.LastOrDefault(d => d.Words[0] == "try_files");
        return new Location(location.Words[^1], exact, Value("root"), Value("alias"), Value("proxy_pass"), ReturnOf(block), block.LastOrDefault(d => d.Words[0] == "index")?.Words.Skip(1).ToList(), Value("default_type"), tries is not null && tries.Words[^1].StartsWith('/'));
    }

    private static (int Code, string Text)? ReturnOf(IReadOnlyList<Directive> block) =>
        block.FirstOrDefault(d => d.Words[0] == "return" && d.Words.Count > 1) is { } answer && int.TryParse(answer.Words[1], out var code) ? (code, answer.Words.Count > 2 ? answer.Words[2] : "") : null;
}
