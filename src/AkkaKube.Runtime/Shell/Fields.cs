using System.Text;

namespace AkkaKube.Runtime.Shell;

/// <summary>Builds the fields of expanded words: splits what is to be split, and keeps for each field the pattern that it is.</summary>
internal sealed class Fields(string separators)
{
    private readonly List<(string Text, string Pattern)> _done = [];
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _pattern = new();
    private bool _started;
    private bool _betweenFields;

    /// <summary>The fields so far; a pattern without magic is the text alone.</summary>
    public IReadOnlyList<(string Text, string Pattern)> All
    {
        get
        {
            Break();
            return _done;
        }
    }

    /// <summary>Text that is neither split nor a pattern. Even an empty one makes a field.</summary>
    public void Quoted(string text)
    {
        _started = true;
        _betweenFields = false;
        _text.Append(text);
        _pattern.Append(Pattern.Escape(text));
    }

    /// <summary>Text of the script itself: not split, but a pattern.</summary>
    public void Plain(string text)
    {
        if (text.Length == 0) return;
        _started = true;
        _betweenFields = false;
        _text.Append(text);
        _pattern.Append(text);
    }

    /// <summary>The result of an expansion outside of quotes: split at the separators.</summary>
    public void Split(string text)
    {
        foreach (var c in text)
        {
            if (!separators.Contains(c, StringComparison.Ordinal))
            {
                _started = true;
                _betweenFields = false;
                _text.Append(c);
                // A backslash that comes out of an expansion stands for itself.
                if (c == '\\') _pattern.Append('\\');
                _pattern.Append(c);
            }
            else if (c is ' ' or '\t' or '\n')
            {
                if (_started) _betweenFields = true;
                Break();
            }
            else if (_betweenFields && !_started)
            {
                // The one separator that blanks may surround.
                _betweenFields = false;
            }
            else
            {
                _started = true;
                Break();
            }
        }
    }

    /// <summary>Ends the field, if one has begun.</summary>
    public void Break()
    {
        if (!_started) return;
        _done.Add((_text.ToString(), _pattern.ToString()));
        _text.Clear();
        _pattern.Clear();
        _started = false;
    }
}
