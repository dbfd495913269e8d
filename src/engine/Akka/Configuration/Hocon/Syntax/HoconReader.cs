using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Reads one text into a tree.</summary>
/// <param name="text">The text.</param>
/// <param name="origin">How errors name it.</param>
/// <param name="file">Its path, when it is a file.</param>
/// <param name="source">Where it includes from.</param>
/// <param name="include">Asked instead of <paramref name="source"/> when given.</param>
/// <param name="prefix">The path of the object that includes it.</param>
/// <param name="depth">How many includes lead to it.</param>
internal sealed class HoconReader(
    string text, string origin, string? file, IHoconSource source, Func<string, HoconRoot>? include, IReadOnlyList<string> prefix, int depth)
{
    private const int DeepestInclude = 50;
    private readonly Scanner _in = new(text, origin);

    /// <summary>The path of the object being read; null inside of a list, whose items have none.</summary>
    private List<string>? _path = [];

    public HoconNode ReadRoot()
    {
        _in.SkipToNext();
        var start = _in.Position;
        ObjectNode root;
        if (_in.Current == '{')
        {
            root = ReadObject();
            _in.SkipToNext();
        }
        else root = ReadFields(start);
        return _in.AtEnd ? root : throw _in.Unexpected("a key");
    }

    private ObjectNode ReadObject()
    {
        var start = _in.Position;
        _in.Skip();
        var node = ReadFields(start);
        if (_in.Current != '}' || _in.AtEnd) throw _in.AtEnd ? start.Error("expected a closing '}', found the end of the text") : _in.Unexpected("a key or '}'");
        _in.Skip();
        return node;
    }

    private ObjectNode ReadFields(Position start)
    {
        var fields = new Dictionary<string, HoconNode>();
        _in.SkipToNext();
        while (!_in.AtEnd && _in.Current != '}')
        {
            if (AtInclude())
            {
                foreach (var (key, value) in ReadInclude().Fields) Put(fields, key, value);
            }
            else ReadField(fields);
            var newLine = _in.SkipToNext();
            if (_in.Current == ',' && !_in.AtEnd)
            {
                _in.Skip();
                _in.SkipToNext();
            }
            else if (!newLine && !_in.AtEnd && _in.Current != '}') throw _in.Unexpected("',', a new line or '}'");
        }
        return new ObjectNode(start, fields);
    }

    private static void Put(Dictionary<string, HoconNode> fields, string key, HoconNode value) =>
        fields[key] = fields.TryGetValue(key, out var earlier) ? Merging.Over(value, earlier) : value;

    private void ReadField(Dictionary<string, HoconNode> fields)
    {
        var start = _in.Position;
        var keys = ReadPath("a key");
        var outer = _path?.Count ?? 0;
        _path?.AddRange(keys);
        _in.SkipToNext();
        HoconNode value;
        if (_in.Current == '{') value = ReadValue();
        else if (_in.At("+="))
        {
            _in.Skip(2);
            _in.SkipToNext();
            value = new AppendNode(start, ReadValue());
        }
        else if (_in.Current is ':' or '=')
        {
            _in.Skip();
            _in.SkipToNext();
            value = ReadValue();
        }
        else throw _in.Unexpected("':', '=', '+=' or '{'");
        _path?.RemoveRange(outer, _path.Count - outer);
        for (var i = keys.Count - 1; i > 0; i--) value = new ObjectNode(start, new Dictionary<string, HoconNode> { [keys[i]] = value });
        Put(fields, keys[0], value);
    }

    private List<string> ReadPath(string what)
    {
        var keys = new List<string>();
        while (true)
        {
            // One key may be made of several words and quoted pieces, with the blanks between them.
            var key = new StringBuilder();
            var found = false;
            var pending = "";
            while (true)
            {
                var blanks = _in.TakeBlanks();
                if (found) pending = blanks;
                string piece;
                if (_in.Current == '"' && !_in.AtEnd) piece = _in.TakeQuoted();
                else if (_in.AtUnquoted && _in.Current != '.') piece = _in.TakeUnquoted(key: true);
                else break;
                key.Append(pending).Append(piece);
                found = true;
            }
            if (!found) throw keys.Count == 0 ? _in.Unexpected(what) : _in.Unexpected("a key after '.'");
            keys.Add(key.ToString());
            if (_in.Current != '.' || _in.AtEnd) return keys;
            _in.Skip();
        }
    }

    private HoconNode ReadValue()
    {
        var start = _in.Position;
        var pieces = new List<HoconNode>();
        while (true)
        {
            var at = _in.Position;
            var blanks = _in.TakeBlanks();
            if (blanks.Length > 0)
            {
                if (pieces.Count > 0) pieces.Add(new ScalarNode(at, blanks, ScalarKind.Blank));
                at = _in.Position;
            }
            if (_in.AtEnd || _in.Current is '\n' or ',' or '}' or ']' || _in.AtComment) break;
            pieces.Add(ReadPiece(at));
        }
        return pieces.Count == 0 ? throw _in.Unexpected("a value") : Concatenation.Of(start, pieces);
    }

    private HoconNode ReadPiece(Position at)
    {
        switch (_in.Current)
        {
            case '{': return ReadObject();
            case '[': return ReadArray();
            case '"': return new ScalarNode(at, _in.TakeQuoted(), ScalarKind.Quoted);
            case '$' when _in.Peek() == '{': return ReadReference(at);
        }
        if (!_in.AtUnquoted) throw _in.Unexpected("a value");
        var word = _in.TakeUnquoted(key: false);
        return new ScalarNode(at, word, word == "null" ? ScalarKind.Null : ScalarKind.Unquoted);
    }

    private ArrayNode ReadArray()
    {
        var start = _in.Position;
        var path = _path;
        _path = null;
        _in.Skip();
        var items = new List<HoconNode>();
        _in.SkipToNext();
        while (_in.Current != ']' || _in.AtEnd)
        {
            if (_in.AtEnd) throw start.Error("expected a closing ']', found the end of the text");
            items.Add(ReadValue());
            var newLine = _in.SkipToNext();
            if (_in.Current == ',' && !_in.AtEnd)
            {
                _in.Skip();
                _in.SkipToNext();
            }
            else if (!newLine && !_in.AtEnd && _in.Current != ']') throw _in.Unexpected("',', a new line or ']'");
        }
        _in.Skip();
        _path = path;
        return new ArrayNode(start, items);
    }

    private ReferenceNode ReadReference(Position at)
    {
        _in.Skip(2);
        var optional = _in.Current == '?';
        if (optional) _in.Skip();
        var keys = ReadPath("a path");
        _in.Expect('}', "'}'");
        return new ReferenceNode(at, keys, optional, prefix);
    }

    private bool AtInclude()
    {
        if (!_in.At("include")) return false;
        var i = "include".Length;
        while (_in.Peek(i) is ' ' or '\t') i++;
        return i > "include".Length && (_in.Peek(i) == '"' || Word(i, "file(") || Word(i, "required(") || Word(i, "url(") || Word(i, "classpath("));
    }

    private bool Word(int ahead, string word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (_in.Peek(ahead + i) != word[i]) return false;
        }
        return true;
    }

    private ObjectNode ReadInclude()
    {
        var start = _in.Position;
        _in.Skip("include".Length);
        _in.TakeBlanks();
        var required = Opens("required");
        var wrapped = Opens("file");
        if (!wrapped && (_in.At("url(") || _in.At("classpath("))) throw _in.Position.Error("expected file(\"...\") or \"...\"; nothing else can be included");
        _in.TakeBlanks();
        if (_in.Current != '"' || _in.AtEnd) throw _in.Unexpected("the quoted name of a file");
        var name = _in.TakeQuoted();
        if (wrapped) Closes();
        if (required) Closes();
        return Included(name, required, start);
    }

    private bool Opens(string word)
    {
        if (!_in.At(word + "(")) return false;
        _in.Skip(word.Length + 1);
        _in.TakeBlanks();
        return true;
    }

    private void Closes()
    {
        _in.TakeBlanks();
        _in.Expect(')', "')'");
    }

    private ObjectNode Included(string name, bool required, Position at)
    {
        if (depth >= DeepestInclude) throw at.Error($"\"{name}\" includes itself");
        HoconNode? root;
        if (include is not null) root = include(name)?.Value.Node;
        else
        {
            HoconText? content;
            try
            {
                content = source.Read(name, file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new ConfigurationException($"{at}: cannot read \"{name}\": {e.Message}", e);
            }
            root = content is null ? null
                : new HoconReader(content.Text, content.Origin, content.Origin, source, null, [.. prefix, .. _path ?? []], depth + 1).ReadRoot();
        }
        if (root is null && required) throw at.Error($"the required file \"{name}\" is not there");
        return root switch
        {
            null => new ObjectNode(at, new Dictionary<string, HoconNode>()),
            ObjectNode o => o,
            _ => throw root.Position.Error("expected an object at the root of an included file"),
        };
    }
}
