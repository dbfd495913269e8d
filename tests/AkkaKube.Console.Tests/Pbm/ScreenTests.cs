using AkkaKube.Console.Pbm.Editing;

namespace AkkaKube.Console.Tests.Pbm;

public sealed class ScreenTests
{
    [Fact]
    public void The_line_is_written_over_the_one_before_and_the_cursor_put_in_its_place()
    {
        var (written, _) = default(Screen).Show(LineEditor.Over([]) with { Text = "abc", Cursor = 1 }, "> ", 80);
        written.ShouldBe("\r\x1b[J> abc\r\x1b[3C");
    }

    [Fact]
    public void A_line_longer_than_the_screen_is_followed_over_its_rows()
    {
        var editor = LineEditor.Over([]) with { Text = new string('x', 25), Cursor = 25 };
        var (_, screen) = default(Screen).Show(editor, "> ", 10);
        screen.Row.ShouldBe(2);
        screen.Show(editor with { Cursor = 0 }, "> ", 10).ShouldBe(("\x1b[2A\r\x1b[J> " + new string('x', 25) + "\x1b[2A\r\x1b[2C", new Screen(0)));
    }

    [Fact]
    public void Completions_stand_below_in_columns()
    {
        var (written, screen) = default(Screen).Show(LineEditor.Over([]) with { Offers = ["one", "two", "three"] }, "> ", 20);
        written.ShouldBe("\r\x1b[J> \r\none    two\r\nthree\x1b[2A\r\x1b[2C");
        screen.Row.ShouldBe(0);
    }

    [Fact]
    public void A_search_shows_what_is_looked_for() =>
        default(Screen).Show(LineEditor.Over([]) with { Search = "no", Text = "kube nodes", Cursor = 10 }, "> ", 80).Written.ShouldContain("(search 'no') kube nodes");
}
