using System.Text;
using Akka.Actor;
using static AkkaKube.Runtime.ContainerRuntime;

namespace AkkaKube.Runtime.Tests.Sandboxes;

public class LogTests : RuntimeTestKit
{
    public LogTests()
        : base("akkakube.runtime.log-limit = 4KiB")
    {
    }

    [Fact]
    public void The_last_lines_the_first_bytes_and_the_times_can_be_asked_for()
    {
        var id = Sh(Sandbox(), "for i in 1 2 3 4; do echo line $i; sleep 1; done; echo err >&2; printf end");
        Ended(id);
        LogOf(id).ShouldBe("line 1\nline 2\nline 3\nline 4\nerr\nend");
        LogOf(id, r => r with { TailLines = 2 }).ShouldBe("err\nend");
        LogOf(id, r => r with { TailLines = 0 }).ShouldBe("");
        LogOf(id, r => r with { LimitBytes = 9 }).ShouldBe("line 1\nli");
        LogOf(id, r => r with { Stream = LogStream.Stderr }).ShouldBe("err\n");
        var start = Ask<ContainerStatusIs>(new GetContainerStatus(id)).Status.StartedAt!.Value;
        LogOf(id, r => r with { Since = start.AddSeconds(1.5), TailLines = 3 }).ShouldBe("line 4\nerr\nend");
        var timed = LogOf(id, r => r with { Timestamps = true, TailLines = 5 }).Split('\n');
        timed[0].ShouldMatch(@"^2026-01-01T00:00:0\d\.\d{9}Z line 2$");
    }

    [Fact]
    public void A_follower_gets_what_is_printed_when_it_is_printed_and_the_end_at_the_end()
    {
        var id = Sh(Sandbox(), "sleep 1; echo one; sleep 1; echo two; sleep 1");
        var first = Ask<LogRead>(new ReadLog(id) { Follow = true });
        Encoding.UTF8.GetString(first.Bytes.Span).ShouldBe("one\n");
        first.End.ShouldBeFalse();
        var second = Ask<LogRead>(new ReadLog(id) { Follow = true, From = first.Next });
        Encoding.UTF8.GetString(second.Bytes.Span).ShouldBe("two\n");
        var last = Ask<LogRead>(new ReadLog(id) { Follow = true, From = second.Next });
        (last.Bytes.Length, last.End).ShouldBe((0, true));
    }

    [Fact]
    public void A_log_that_is_full_loses_its_older_half()
    {
        var id = Sh(Sandbox(), "seq 1 2000 | while read n; do echo line $n; done");
        Ended(id);
        var text = LogOf(id);
        text.Length.ShouldBeLessThan(4096);
        text.ShouldEndWith("line 2000\n");
    }

    [Fact]
    public void A_dead_instance_keeps_its_log_until_it_is_removed()
    {
        var sandbox = Sandbox();
        var old = Sh(sandbox, "echo first; exit 1");
        Ended(old);
        var young = Sh(sandbox, "echo second; sleep 1d");
        Advance(1);
        LogOf(old).ShouldBe("first\n");
        LogOf(young).ShouldBe("second\n");
    }
}
