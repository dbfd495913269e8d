using System.Globalization;

namespace AkkaKube.Runtime;

/// <summary>What is in an image: its files, and how a container of it starts.</summary>
internal sealed record ImageDefinition(DirectoryInode Root)
{
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    public IReadOnlyList<string> Cmd { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Env { get; init; } = [KeyValuePair.Create("PATH", DefaultPath)];

    public string WorkingDir { get; init; } = "/";

    public long Uid { get; init; }

    public long Gid { get; init; }

    public Signal StopSignal { get; init; } = Signal.Term;

    /// <summary>In bytes.</summary>
    public long Size { get; init; }

    /// <summary>For an image that nothing is known of: what stands for every executable it may have. Null: it has what its files say.</summary>
    public Program? RunsAnything { get; init; }

    public const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>The home of a user, as /etc/passwd has it.</summary>
    public string Home(int uid) => UserOf(uid) is [_, _, _, _, _, var home, ..] ? home : "/";

    /// <summary>The name of a user; null if /etc/passwd does not have it.</summary>
    public string? UserName(int uid) => UserOf(uid) is [var name, ..] ? name : null;

    private string[]? UserOf(int uid)
    {
        if ((Root.Find("etc") as DirectoryInode)?.Find("passwd") is not FileInode passwd) return null;
        var number = uid.ToString(CultureInfo.InvariantCulture);
        return System.Text.Encoding.UTF8.GetString(passwd.Content.Span).Split('\n').Select(line => line.Split(':')).FirstOrDefault(user => user.Length > 5 && user[2] == number);
    }
}
