namespace AkkaKube.Runtime.Shell;

/// <summary>A shell command, parsed.</summary>
internal abstract record Command
{
    /// <summary><c>a=1 name arguments &gt;file</c></summary>
    public sealed record Simple(IReadOnlyList<Assignment> Assignments, IReadOnlyList<Word> Words, IReadOnlyList<Redirection> Redirections, int Line) : Command;

    /// <summary><c>! a | b | c</c></summary>
    public sealed record Pipeline(IReadOnlyList<Command> Stages, bool Negated) : Command;

    /// <summary><c>a &amp;&amp; b</c>, <c>a || b</c></summary>
    public sealed record AndOr(Command Left, bool IsAnd, Command Right) : Command;

    /// <summary><c>a; b</c></summary>
    public sealed record Sequence(IReadOnlyList<Command> Items) : Command;

    /// <summary><c>a &amp;</c></summary>
    public sealed record Background(Command Body) : Command;

    /// <summary><c>( a )</c></summary>
    public sealed record Subshell(Command Body) : Command;

    /// <summary>A command with redirections of its own: <c>{ a; } &gt;file</c>, <c>while ...; done &lt;file</c></summary>
    public sealed record Redirected(Command Body, IReadOnlyList<Redirection> Redirections) : Command;

    /// <summary><c>if a; then b; else c; fi</c></summary>
    public sealed record If(Command Condition, Command Then, Command? Else) : Command;

    /// <summary><c>while a; do b; done</c>, <c>until a; do b; done</c></summary>
    public sealed record Loop(Command Condition, Command Body, bool Until) : Command;

    /// <summary><c>for name in words; do a; done</c>; without words it goes over the positional parameters.</summary>
    public sealed record For(string Name, IReadOnlyList<Word>? Words, Command Body) : Command;

    /// <summary><c>case word in pattern) a;; esac</c></summary>
    public sealed record Case(Word Subject, IReadOnlyList<CaseArm> Arms) : Command;

    /// <summary><c>name() { a; }</c></summary>
    public sealed record Function(string Name, Command Body) : Command;
}

/// <summary>One arm of a case; it may fall through to the next (<c>;&amp;</c>).</summary>
internal sealed record CaseArm(IReadOnlyList<Word> Patterns, Command? Body, bool FallsThrough);

/// <summary><c>name=word</c></summary>
internal sealed record Assignment(string Name, Word Value);

/// <summary>A word before its expansion.</summary>
internal sealed record Word(IReadOnlyList<WordPart> Parts)
{
    /// <summary>The text of a word in which nothing is quoted or expanded; null for any other.</summary>
    public string? PlainText => Parts.All(p => p is WordPart.Literal { Quoted: false }) ? string.Concat(Parts.Cast<WordPart.Literal>().Select(p => p.Text)) : null;
}

/// <summary>A part of a word; what is quoted is neither split nor a pattern.</summary>
internal abstract record WordPart(bool Quoted)
{
    public sealed record Literal(string Text, bool Quoted) : WordPart(Quoted);

    /// <summary><c>$name</c>, <c>${name}</c>, <c>${#name}</c>, <c>${name:-word}</c> and the others.</summary>
    public sealed record Parameter(string Name, string Operator, Word? Operand, Word? Second, bool Quoted) : WordPart(Quoted);

    /// <summary><c>$(command)</c></summary>
    public sealed record Substitution(Command Body, bool Quoted) : WordPart(Quoted);

    /// <summary><c>$((expression))</c></summary>
    public sealed record Arithmetic(Word Expression, bool Quoted) : WordPart(Quoted);

    /// <summary><c>~</c> or <c>~user</c> at the start of a word.</summary>
    public sealed record Tilde(string User) : WordPart(true);
}

/// <summary><c>2&gt;file</c> and the others.</summary>
/// <param name="Descriptor">What is redirected.</param>
/// <param name="Operator"><c>&lt; &gt; &gt;&gt; &gt;| &lt;&gt; &lt;&amp; &gt;&amp; &lt;&lt;</c>, and <c>&amp;&gt;</c>.</param>
/// <param name="Target">The file, the descriptor, or the text of a here-document.</param>
internal sealed record Redirection(int Descriptor, string Operator, Word Target);

/// <summary>The text is no shell script.</summary>
internal sealed class ShellSyntaxException(string message) : Exception(message)
{
    /// <summary>The line of the script that it is in.</summary>
    public int Line { get; set; }
}
