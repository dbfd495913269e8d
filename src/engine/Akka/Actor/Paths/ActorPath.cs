using System.Globalization;

namespace Akka.Actor;

/// <summary>The place of an actor in the tree: address, names from the root, and the uid of the incarnation.</summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    internal const long UndefinedUid = 0;
    private const string ValidMarks = "\"-_.*$+:@&=,!~';()";

    private readonly Address? _address;
    private readonly ActorPath? _parent;

    /// <summary>Creates a root.</summary>
    protected ActorPath(Address address, string name)
    {
        _address = address;
        Name = name;
    }

    /// <summary>Creates the path of a child.</summary>
    protected ActorPath(ActorPath parentPath, string name, long uid)
    {
        _parent = parentPath;
        Name = name;
        Uid = uid;
        Depth = parentPath.Depth + 1;
    }

    /// <summary>The characters besides letters and digits that a name may have.</summary>
    public static string ValidSymbols => ValidMarks;

    /// <summary>The address of the system.</summary>
    public Address Address => Root._address!;

    /// <summary>The path above this one; the root is its own parent.</summary>
    public ActorPath Parent => _parent ?? this;

    /// <summary>The root of this path.</summary>
    public ActorPath Root
    {
        get
        {
            var path = this;
            while (path._parent is { } parent) path = parent;
            return path;
        }
    }

    /// <summary>How many names stand below the root.</summary>
    public int Depth { get; }

    /// <summary>The incarnation; 0 when the path does not say.</summary>
    public long Uid { get; }

    /// <summary>The last name of the path.</summary>
    public string Name { get; }

    /// <summary>The names below the root.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            if (this is RootActorPath) return [];
            var names = new string[Depth];
            var path = this;
            for (var i = names.Length - 1; i >= 0; i--, path = path.Parent) names[i] = path.Name;
            return names;
        }
    }

    internal IReadOnlyList<string> ElementsWithUid
    {
        get
        {
            var elements = Elements;
            if (Uid != UndefinedUid) ((string[])elements)[^1] = $"{Name}#{Uid}";
            return elements;
        }
    }

    /// <summary>The path of a child.</summary>
    public static ActorPath operator /(ActorPath path, string name) => path.Child(name);

    /// <summary>The path of a descendant.</summary>
    public static ActorPath operator /(ActorPath path, IEnumerable<string> name) => name.Aggregate(path, (p, n) => p.Child(n));

    /// <summary>The path of a child; <c>name#uid</c> names an incarnation.</summary>
    public ActorPath Child(string childName)
    {
        if (childName.Length == 0) return this;
        var (name, uid) = SplitNameAndUid(childName);
        return new ChildActorPath(this, name, uid);
    }

    internal static (string Name, long Uid) SplitNameAndUid(string path)
    {
        var hash = path.IndexOf('#');
        return hash < 0
            ? (path, UndefinedUid)
            : (path[..hash], long.Parse(path.AsSpan(hash + 1), NumberStyles.Integer, CultureInfo.InvariantCulture));
    }

    /// <summary>The same place with another incarnation.</summary>
    public ActorPath WithUid(long uid) => uid == Uid ? this
        : _parent is null ? throw new NotSupportedException("A root path has no uid.")
        : new ChildActorPath(_parent, Name, uid);

    /// <summary>The path that has <paramref name="depth"/> names; a negative number counts from the end.</summary>
    public ActorPath ParentOf(int depth)
    {
        var path = this;
        for (var level = Depth; level > (depth < 0 ? Depth + depth : depth) && level > 0; level--) path = path.Parent;
        return path;
    }

    /// <summary>Whether a name may be used for an actor.</summary>
    public static bool IsValidPathElement(string s)
    {
        if (string.IsNullOrEmpty(s) || s[0] == '$') return false;
        for (var i = 0; i < s.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(s[i]) || ValidMarks.Contains(s[i], StringComparison.Ordinal)) continue;
            if (s[i] != '%' || i + 2 >= s.Length || !char.IsAsciiHexDigit(s[i + 1]) || !char.IsAsciiHexDigit(s[i + 2])) return false;
            i += 2;
        }

        return true;
    }

    /// <summary>Reads a full path.</summary>
    public static ActorPath Parse(string path) =>
        TryParse(path, out var parsed) ? parsed! : throw new UriFormatException($"Can not parse an ActorPath: {path}");

    /// <summary>Reads a full path; false where the text is none.</summary>
    public static bool TryParse(string path, out ActorPath? actorPath)
    {
        actorPath = null;
        if (!Address.TryParse(path, out var address)) return false;
        var start = path.IndexOf('/', path.IndexOf("://", StringComparison.Ordinal) + 3);
        ActorPath result = new RootActorPath(address!);
        if (start >= 0) result = path[(start + 1)..].Split('/').Where(name => name.Length > 0).Aggregate(result, (p, name) => p.Child(name));
        actorPath = result;
        return true;
    }

    /// <summary>Names joined as a path: <c>/a/b</c>.</summary>
    public static string FormatPathElements(IEnumerable<string> pathElements) => "/" + string.Join('/', pathElements);

    /// <summary>The names without the address.</summary>
    public string ToStringWithoutAddress() => "/" + string.Join('/', Elements);

    /// <summary>The path with its address.</summary>
    public string ToStringWithAddress() => ToString();

    /// <summary>The path with <paramref name="address"/> where its own is local.</summary>
    public string ToStringWithAddress(Address address) =>
        (Address.HasLocalScope ? address : Address) + ToStringWithoutAddress();

    /// <summary>The path with the uid of the incarnation.</summary>
    public string ToStringWithUid() => Uid == UndefinedUid ? ToString() : $"{this}#{Uid}";

    /// <summary>The text that names exactly this incarnation.</summary>
    public string ToSerializationFormat() => ToStringWithUid();

    /// <inheritdoc />
    public override string ToString() => Address + ToStringWithoutAddress();

    /// <inheritdoc />
    public bool Equals(ActorPath? other)
    {
        if (other is null || Depth != other.Depth) return false;
        ActorPath a = this, b = other;
        while (!ReferenceEquals(a, b))
        {
            if (a.Name != b.Name) return false;
            if (a is RootActorPath || b is RootActorPath) return a.Address.Equals(b.Address);
            (a, b) = (a.Parent, b.Parent);
        }

        return true;
    }

    /// <inheritdoc />
    public sealed override bool Equals(object? obj) => Equals(obj as ActorPath);

    /// <inheritdoc />
    public sealed override int GetHashCode()
    {
        var hash = default(HashCode);
        for (var path = this; path is not RootActorPath; path = path.Parent) hash.Add(path.Name);
        hash.Add(Address);
        return hash.ToHashCode();
    }

    /// <summary>Whether both name the same place.</summary>
    public static bool operator ==(ActorPath? left, ActorPath? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether they name different places.</summary>
    public static bool operator !=(ActorPath? left, ActorPath? right) => !(left == right);

    /// <inheritdoc />
    public int CompareTo(ActorPath? other)
    {
        if (other is null) return 1;
        var byAddress = Address.CompareTo(other.Address);
        if (byAddress != 0) return byAddress;
        IReadOnlyList<string> mine = Elements, theirs = other.Elements;
        for (var i = 0; i < Math.Min(mine.Count, theirs.Count); i++)
        {
            var byName = string.CompareOrdinal(mine[i], theirs[i]);
            if (byName != 0) return byName;
        }

        return mine.Count.CompareTo(theirs.Count);
    }
}
