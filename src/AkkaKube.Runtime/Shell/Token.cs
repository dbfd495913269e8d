namespace AkkaKube.Runtime.Shell;

internal enum TokenKind
{
    End,
    Newline,
    Word,
    Operator,
    Redirection,
}

/// <summary>A token of the shell's language.</summary>
internal sealed record Token(TokenKind Kind, string Text, Word? Word = null, int? Descriptor = null);
