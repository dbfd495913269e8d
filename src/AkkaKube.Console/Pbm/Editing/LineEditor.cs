using AkkaKube.Api;

namespace AkkaKube.Console.Pbm.Editing;

/// <summary>What a key asks of whoever runs the editor.</summary>
internal enum EditorRequest
{
    /// <summary>Nothing but to show the line anew.</summary>
    None,

    /// <summary>The line is finished.</summary>
    Submit,

    /// <summary>The line is given up (Ctrl-C).</summary>
    Abandon,

    /// <summary>The session is over (Ctrl-D on an empty line).</summary>
    Leave,

    /// <summary>Completions are wanted: see <see cref="LineEditor.WithCompletions"/>.</summary>
    Complete,

    /// <summary>The screen is to be cleared (Ctrl-L).</summary>
    ClearScreen,
}

/// <summary>A line being edited: keys in, the next state out. It knows no terminal.</summary>
internal sealed record LineEditor
{
    /// <summary>What is written so far.</summary>
    public string Text { get; init; } = "";

    /// <summary>Before which letter the next one goes.</summary>
    public int Cursor { get; init; }

    /// <summary>Earlier lines, the oldest first.</summary>
    public ValueList<string> History { get; init; }

    /// <summary>Completions to show below the line.</summary>
    public ValueList<string> Offers { get; init; }

    /// <summary>What is looked for in the history (Ctrl-R); null: nothing is.</summary>
    public string? Search { get; init; }

    /// <summary>Which line of the history is shown; as many as there are: the new one.</summary>
    private int Place { get; init; }

    /// <summary>The new line, while an older one is shown.</summary>
    private string Draft { get; init; } = "";

    /// <summary>What was cut last (Ctrl-K, Ctrl-U, Ctrl-W), for Ctrl-Y.</summary>
    private string Cut { get; init; } = "";

    /// <summary>An empty line over a history.</summary>
    public static LineEditor Over(ValueList<string> history) => new() { History = history, Place = history.Count };

    /// <summary>The next state after a key.</summary>
    public (LineEditor Next, EditorRequest Request) Press(ConsoleKeyInfo key)
    {
        var clean = this with { Offers = [] };
        if (Search is not null && clean.PressInSearch(key) is { } searched) return searched;
        var line = clean with { Search = null };
        var control = (key.Modifiers & ConsoleModifiers.Control) != 0;
        var alt = (key.Modifiers & ConsoleModifiers.Alt) != 0;
        return (key.Key, control) switch
        {
            (ConsoleKey.Enter, _) => (line, EditorRequest.Submit),
            (ConsoleKey.Tab, _) => (line, EditorRequest.Complete),
            (ConsoleKey.C, true) => (line, EditorRequest.Abandon),
            (ConsoleKey.D, true) when Text.Length == 0 => (line, EditorRequest.Leave),
            (ConsoleKey.D, true) or (ConsoleKey.Delete, _) => (line.Without(Cursor, Math.Min(Cursor + 1, Text.Length)), EditorRequest.None),
            (ConsoleKey.L, true) => (line, EditorRequest.ClearScreen),
            (ConsoleKey.R, true) => (clean with { Search = Search ?? "" }, EditorRequest.None),
            (ConsoleKey.Backspace, _) => (line.Without(Math.Max(Cursor - 1, 0), Cursor), EditorRequest.None),
            (ConsoleKey.LeftArrow, true) or (ConsoleKey.B, false) when control || alt => (line with { Cursor = WordBefore() }, EditorRequest.None),
            (ConsoleKey.RightArrow, true) or (ConsoleKey.F, false) when control || alt => (line with { Cursor = WordAfter() }, EditorRequest.None),
            (ConsoleKey.LeftArrow, _) or (ConsoleKey.B, true) => (line with { Cursor = Math.Max(Cursor - 1, 0) }, EditorRequest.None),
            (ConsoleKey.RightArrow, _) or (ConsoleKey.F, true) => (line with { Cursor = Math.Min(Cursor + 1, Text.Length) }, EditorRequest.None),
            (ConsoleKey.Home, _) or (ConsoleKey.A, true) => (line with { Cursor = 0 }, EditorRequest.None),
            (ConsoleKey.End, _) or (ConsoleKey.E, true) => (line with { Cursor = Text.Length }, EditorRequest.None),
            (ConsoleKey.UpArrow, _) or (ConsoleKey.P, true) => (line.Shown(Place - 1), EditorRequest.None),
            (ConsoleKey.DownArrow, _) or (ConsoleKey.N, true) => (line.Shown(Place + 1), EditorRequest.None),
            (ConsoleKey.U, true) => (line.CutOut(0, Cursor), EditorRequest.None),
            (ConsoleKey.K, true) => (line.CutOut(Cursor, Text.Length), EditorRequest.None),
            (ConsoleKey.W, true) => (line.CutOut(WordBefore(), Cursor), EditorRequest.None),
            (ConsoleKey.Y, true) => (line.With(Cut), EditorRequest.None),
            _ when !char.IsControl(key.KeyChar) && !control => (line.With(key.KeyChar.ToString()), EditorRequest.None),
            _ => (line, EditorRequest.None),
        };
    }

    /// <summary>Puts completions in: the only one whole, of several what they have in common; when that is nothing new, they are shown.</summary>
    /// <param name="start">Where the word begins that they complete.</param>
    /// <param name="completions">Whole words.</param>
    public LineEditor WithCompletions(int start, IReadOnlyList<string> completions)
    {
        if (completions.Count == 0) return this;
        var typed = Text[start..Cursor];
        var common = completions.Aggregate(Common);
        var word = completions.Count == 1 ? completions[0] + (Cursor < Text.Length && Text[Cursor] == ' ' ? "" : " ") : common.Length > typed.Length ? common : typed;
        var next = this with { Text = Text[..start] + word + Text[Cursor..], Cursor = start + word.Length };
        return completions.Count > 1 && word == typed ? next with { Offers = [.. completions] } : next;
    }

    /// <summary>An empty line after this one was submitted: it is in the history now, unless it was the last there already.</summary>
    public LineEditor Submitted() => Over(Text.Trim().Length == 0 || (History.Count > 0 && History[^1] == Text) ? History : History.Add(Text));

    private (LineEditor, EditorRequest)? PressInSearch(ConsoleKeyInfo key)
    {
        var control = (key.Modifiers & ConsoleModifiers.Control) != 0;
        return (key.Key, control) switch
        {
            (ConsoleKey.R, true) => (Sought(Search!, Place - 1), EditorRequest.None),
            (ConsoleKey.Backspace, _) => (Sought(Search![..Math.Max(Search!.Length - 1, 0)], History.Count - 1), EditorRequest.None),
            (ConsoleKey.Escape, _) or (ConsoleKey.G, true) => (Over(History) with { Text = Draft, Cursor = Draft.Length, Cut = Cut }, EditorRequest.None),
            _ when !char.IsControl(key.KeyChar) && !control => (Sought(Search + key.KeyChar, Math.Min(Place, History.Count - 1)), EditorRequest.None),
            _ => null, // any other key ends the search and does what it does
        };
    }

    /// <summary>The newest line up to a place that has the pattern; where none has, the line stays.</summary>
    private LineEditor Sought(string pattern, int from)
    {
        for (var i = Math.Min(from, History.Count - 1); i >= 0; i--)
            if (History[i].Contains(pattern, StringComparison.OrdinalIgnoreCase)) return (Place == History.Count ? this with { Draft = Text } : this) with { Search = pattern, Place = i, Text = History[i], Cursor = History[i].Length };
        return this with { Search = pattern };
    }

    private LineEditor Shown(int place)
    {
        if (place < 0 || place > History.Count) return this;
        var kept = Place == History.Count ? this with { Draft = Text } : this;
        var text = place == History.Count ? kept.Draft : History[place];
        return kept with { Place = place, Text = text, Cursor = text.Length };
    }

    private LineEditor With(string letters) => this with { Text = Text.Insert(Cursor, letters), Cursor = Cursor + letters.Length };

    private LineEditor Without(int from, int to) => this with { Text = Text.Remove(from, to - from), Cursor = from };

    private LineEditor CutOut(int from, int to) => from == to ? this : Without(from, to) with { Cut = Text[from..to] };

    private int WordBefore()
    {
        var at = Cursor;
        while (at > 0 && Text[at - 1] == ' ') at--;
        while (at > 0 && Text[at - 1] != ' ') at--;
        return at;
    }

    private int WordAfter()
    {
        var at = Cursor;
        while (at < Text.Length && Text[at] == ' ') at++;
        while (at < Text.Length && Text[at] != ' ') at++;
        return at;
    }

    private static string Common(string a, string b)
    {
        var length = 0;
        while (length < a.Length && length < b.Length && a[length] == b[length]) length++;
        return a[..length];
    }
}
