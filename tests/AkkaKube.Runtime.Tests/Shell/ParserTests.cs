using AkkaKube.Runtime.Shell;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.Runtime.Tests.Shell;

public class ParserTests
{
    private static readonly string[] Pieces =
    [
        "if", "then", "fi", "do", "done", "for", "in", "case", "esac", "while", "{", "}", "(", ")", "((", "))", "$(", "${", "$((", "`", "\"", "'", "\\", ";", ";;", "&", "&&", "|", "||",
        "<", ">", ">>", "<<", "<<-", "EOF", "\n", " ", "x", "=", "x=1", "#", "$x", "$", "!", "~", "*", "[", "]", ":-", "%", "2>&1", "function", "f()", "-", "é",
    ];

    [Theory]
    [InlineData("if true", "syntax error: unexpected end of file (expecting \"then\")")]
    [InlineData("done", "syntax error: unexpected \"done\"")]
    [InlineData("echo 'a", "syntax error: unterminated quoted string")]
    [InlineData("echo \"a", "syntax error: unterminated quoted string")]
    [InlineData("echo $(a", "syntax error: unexpected end of file (expecting \")\")")]
    [InlineData("| a", "syntax error: unexpected \"|\"")]
    [InlineData("a &&", "syntax error: unexpected end of file")]
    [InlineData("(a", "syntax error: unexpected end of file (expecting \")\")")]
    [InlineData("a )", "syntax error: unexpected \")\"")]
    [InlineData("while true; done", "syntax error: unexpected \"done\" (expecting \"do\")")]
    [InlineData("echo ${", "syntax error: bad substitution")]
    public void What_is_no_script_is_a_syntax_error(string script, string message) =>
        Should.Throw<ShellSyntaxException>(() => Parser.Parse(script)).Message.ShouldBe(message);

    [Fact]
    public void A_syntax_error_ends_the_shell_with_code_2()
    {
        var machine = new EmulatedMachine();
        machine.Sh("echo a; if").ExitCode.ShouldBe(2);
        machine.Errors.ShouldBe("sh: syntax error: unexpected end of file\n");
    }

    [Fact]
    public void Any_text_is_a_script_or_a_syntax_error() => Check.One(
        FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll<NonNull<string>>(text => Parses(text.Get)));

    [Fact]
    public void Any_row_of_pieces_of_scripts_is_a_script_or_a_syntax_error() => Check.One(
        FsCheck.Config.QuickThrowOnFailure.WithMaxTest(5000),
        Prop.ForAll(Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary(), Parses));

    [Theory]
    [InlineData("(")]
    [InlineData("$(")]
    [InlineData("${x:-")]
    [InlineData("\"$(")]
    [InlineData("if ")]
    [InlineData("$((")]
    [InlineData("{ ")]
    [InlineData("`")]
    public void Nesting_without_end_is_a_syntax_error_too(string piece) => Parses(string.Concat(Enumerable.Repeat(piece, 20_000))).ShouldBeTrue();

    [Fact]
    public void Any_text_is_an_arithmetic_expression_or_a_syntax_error() => Check.One(
        FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(
            Gen.Elements("1", "2", "+", "-", "*", "/", "%", "(", ")", "x", "=", "==", "<", "<<", "&&", "|", "?", ":", "~", "!", "0x", "08", ",", "++", "**", " ").ListOf().Select(p => string.Concat(p)).ToArbitrary(),
            text =>
            {
                try
                {
                    Arithmetic.Evaluate(text, name => name == "x" ? "x+1" : null, (_, _) => { });
                }
                catch (ShellSyntaxException)
                {
                    return true;
                }

                return true;
            }));

    private static bool Parses(string text)
    {
        try
        {
            Parser.Parse(text);
        }
        catch (ShellSyntaxException)
        {
            return true;
        }

        return true;
    }
}
