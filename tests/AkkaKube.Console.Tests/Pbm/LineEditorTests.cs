using AkkaKube.Console.Pbm.Editing;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.Console.Tests.Pbm;

public sealed class LineEditorTests
{
    private static readonly LineEditor Empty = LineEditor.Over(["first line", "kube nodes", "cluster show"]);

    [Fact]
    public void Letters_go_where_the_cursor_is() => Shown(Typed("abd", ConsoleKey.LeftArrow, "c")).ShouldBe("abc|d");

    [Fact]
    public void Keys_of_a_shell_move_and_cut()
    {
        Shown(Typed("one two", Keys.Control(ConsoleKey.A), "x")).ShouldBe("x|one two");
        Shown(Typed("one two", ConsoleKey.Home, ConsoleKey.Delete)).ShouldBe("|ne two");
        Shown(Typed("one two", Keys.Control(ConsoleKey.W))).ShouldBe("one |");
        Shown(Typed("one two", Keys.Control(ConsoleKey.W), Keys.Control(ConsoleKey.Y), Keys.Control(ConsoleKey.Y))).ShouldBe("one twotwo|");
        Shown(Typed("one two", ConsoleKey.LeftArrow, Keys.Control(ConsoleKey.U))).ShouldBe("|o");
        Shown(Typed("one two", ConsoleKey.Home, Keys.Control(ConsoleKey.K))).ShouldBe("|");
        Shown(Typed("one two", ConsoleKey.Backspace, ConsoleKey.Backspace)).ShouldBe("one t|");
        Shown(Typed("one two", new ConsoleKeyInfo('\0', ConsoleKey.LeftArrow, false, false, true))).ShouldBe("one |two");
        Shown(Typed("one two", ConsoleKey.Home, new ConsoleKeyInfo('\0', ConsoleKey.RightArrow, false, false, true))).ShouldBe("one| two");
    }

    [Fact]
    public void Up_and_down_walk_the_history_and_keep_the_draft()
    {
        Shown(Typed("dra", ConsoleKey.UpArrow)).ShouldBe("cluster show|");
        Shown(Typed("dra", ConsoleKey.UpArrow, ConsoleKey.UpArrow, ConsoleKey.UpArrow, ConsoleKey.UpArrow)).ShouldBe("first line|");
        Shown(Typed("dra", ConsoleKey.UpArrow, ConsoleKey.DownArrow, "ft")).ShouldBe("draft|");
    }

    [Fact]
    public void Search_finds_the_newest_line_and_goes_back_from_there()
    {
        Shown(Typed(Keys.Control(ConsoleKey.R), "s")).ShouldBe("cluster show|");
        Shown(Typed(Keys.Control(ConsoleKey.R), "s", Keys.Control(ConsoleKey.R))).ShouldBe("kube nodes|");
        Shown(Typed(Keys.Control(ConsoleKey.R), "kube", ConsoleKey.End, "!")).ShouldBe("kube nodes!|");
        Shown(Typed("dra", Keys.Control(ConsoleKey.R), "kube", ConsoleKey.Escape)).ShouldBe("dra|");
        Typed(Keys.Control(ConsoleKey.R), "zzz").Search.ShouldBe("zzz");
    }

    [Fact]
    public void A_line_that_was_submitted_is_in_the_history_once()
    {
        Typed("new").Submitted().History.ShouldBe(["first line", "kube nodes", "cluster show", "new"]);
        Typed("cluster show").Submitted().History.Count.ShouldBe(3);
        Typed("   ").Submitted().History.Count.ShouldBe(3);
    }

    [Fact]
    public void Keys_that_ask_for_something_say_what()
    {
        Empty.Press(Keys.Plain(ConsoleKey.Enter)).Request.ShouldBe(EditorRequest.Submit);
        Empty.Press(Keys.Plain(ConsoleKey.Tab)).Request.ShouldBe(EditorRequest.Complete);
        Empty.Press(Keys.Control(ConsoleKey.C)).Request.ShouldBe(EditorRequest.Abandon);
        Empty.Press(Keys.Control(ConsoleKey.D)).Request.ShouldBe(EditorRequest.Leave);
        Typed("x", ConsoleKey.Home).Press(Keys.Control(ConsoleKey.D)).Next.Text.ShouldBeEmpty();
        Empty.Press(Keys.Control(ConsoleKey.L)).Request.ShouldBe(EditorRequest.ClearScreen);
    }

    [Fact]
    public void The_only_completion_is_put_in_whole()
    {
        Shown(Typed("kube no").WithCompletions(5, ["nodes"])).ShouldBe("kube nodes |");
        Shown(Typed("no x", ConsoleKey.LeftArrow, ConsoleKey.LeftArrow).WithCompletions(0, ["nodes"])).ShouldBe("nodes| x");
    }

    [Fact]
    public void Of_several_completions_what_they_share_is_put_in_and_then_they_are_shown()
    {
        var once = Typed("k").WithCompletions(0, ["kube-proxy", "kubelet"]);
        Shown(once).ShouldBe("kube|");
        once.Offers.ShouldBeEmpty();
        once.WithCompletions(0, ["kube-proxy", "kubelet"]).Offers.ShouldBe(["kube-proxy", "kubelet"]);
        Shown(Typed("x").WithCompletions(0, [])).ShouldBe("x|");
    }

    [Fact]
    public void Whatever_is_pressed_the_cursor_stays_within_the_line() => Prop.ForAll<int[]>(presses =>
    {
        var editor = Empty;
        foreach (var press in presses)
        {
            ConsoleKey[] keys = [ConsoleKey.LeftArrow, ConsoleKey.RightArrow, ConsoleKey.Home, ConsoleKey.End, ConsoleKey.UpArrow, ConsoleKey.DownArrow, ConsoleKey.Backspace, ConsoleKey.Delete, ConsoleKey.R, ConsoleKey.W, ConsoleKey.K, ConsoleKey.U, ConsoleKey.Y, ConsoleKey.A, ConsoleKey.Escape];
            var key = keys[Math.Abs(press % keys.Length)];
            editor = editor.Press(key is >= ConsoleKey.A and <= ConsoleKey.Z ? press % 2 == 0 ? Keys.Control(key) : Keys.Of(key.ToString()).First() : Keys.Plain(key)).Next;
            editor.Cursor.ShouldBeInRange(0, editor.Text.Length);
        }
    }).QuickCheckThrowOnFailure();

    private static LineEditor Typed(params object[] keys) => Keys.Of(keys).Aggregate(Empty, (editor, key) => editor.Press(key).Next);

    private static string Shown(LineEditor editor) => editor.Text.Insert(editor.Cursor, "|");
}
