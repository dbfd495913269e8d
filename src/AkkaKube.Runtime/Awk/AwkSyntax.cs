using System.Text.RegularExpressions;

namespace AkkaKube.Runtime.Awk;

/// <summary>An expression of awk.</summary>
internal abstract record Expression
{
    public sealed record Number(double Value) : Expression;

    public sealed record Text(string Value) : Expression;

    /// <summary>A regular expression; alone it is matched against the record.</summary>
    public sealed record Match(Regex Regex) : Expression;

    public sealed record Variable(string Name) : Expression;

    public sealed record Field(Expression Index) : Expression;

    public sealed record Element(string Array, IReadOnlyList<Expression> Index) : Expression;

    public sealed record Assign(Expression Target, string Operator, Expression Value) : Expression;

    public sealed record Step(Expression Target, int By, bool Before) : Expression;

    public sealed record Unary(string Operator, Expression Operand) : Expression;

    public sealed record Binary(string Operator, Expression Left, Expression Right) : Expression;

    public sealed record Choice(Expression Condition, Expression Then, Expression Else) : Expression;

    public sealed record In(IReadOnlyList<Expression> Index, string Array) : Expression;

    public sealed record Call(string Name, IReadOnlyList<Expression> Arguments) : Expression;

    /// <summary>Plain <c>getline</c>: the next record of the input.</summary>
    public sealed record GetLine(Expression? Target) : Expression;
}

/// <summary>A statement of awk.</summary>
internal abstract record Statement
{
    public sealed record Evaluate(Expression Value) : Statement;

    public sealed record Print(IReadOnlyList<Expression> Values, bool Formatted, string Redirection, Expression? Target) : Statement;

    public sealed record Block(IReadOnlyList<Statement> Items) : Statement;

    public sealed record If(Expression Condition, Statement Then, Statement? Else) : Statement;

    public sealed record Loop(Statement? Start, Expression? Condition, Statement? Step, Statement Body, bool TestsAfter) : Statement;

    public sealed record ForIn(string Name, string Array, Statement Body) : Statement;

    public sealed record Delete(string Array, IReadOnlyList<Expression>? Index) : Statement;

    /// <summary>next, exit, break, continue, return</summary>
    public sealed record Jump(string Kind, Expression? Value) : Statement;
}

/// <summary>A pattern and what is done for the records that it selects.</summary>
internal sealed record Rule(string Kind, Expression? Pattern, Expression? Until, Statement? Action);

/// <summary>A function of the program.</summary>
internal sealed record Function(IReadOnlyList<string> Parameters, Statement Body);

/// <summary>An awk program.</summary>
internal sealed record AwkProgram(IReadOnlyList<Rule> Rules, IReadOnlyDictionary<string, Function> Functions);
