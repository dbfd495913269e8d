using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaKube.Client.Requests;
using AkkaKube.Kubelet.Logs;
using AkkaKube.Tests;

namespace AkkaKube.Kubelet.Tests.Logs;

public class LogGateTests : TestKit
{
    private readonly TestProbe _region;
    private readonly TestProbe _asker;
    private readonly TestProbe _reader;
    private readonly object _tag = new();

    public LogGateTests()
        : base(ReferenceConf.With("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\""))
    {
        _region = CreateTestProbe();
        _asker = CreateTestProbe();
        _reader = CreateTestProbe();
    }

    private IActorRef Ask(bool follow = false)
    {
        _asker.Send(Sys.ActorOf(LogGate.Props(_region)), new ReadLog("web") { Node = "node-1", Follow = follow, User = new UserInfo("u", []), Tag = _tag });
        _region.ExpectMsg<ReadLog>().Tag.ShouldBeNull("what the asker knows its request by stays on its host");
        return _region.LastSender;
    }

    [Fact]
    public void The_chunks_come_back_with_the_askers_tag_until_the_last()
    {
        var relay = Ask();
        Watch(relay);
        _reader.Send(relay, new LogChunk(null, new byte[] { 1 }, End: false));
        _reader.Send(relay, new LogChunk(null, new byte[] { 2 }, End: true));
        _asker.ExpectMsg<LogChunk>().Tag.ShouldBeSameAs(_tag);
        _asker.ExpectMsg<LogChunk>().End.ShouldBeTrue();
        ExpectTerminated(relay);
    }

    [Fact]
    public void A_log_whose_host_dies_ends_and_one_whose_asker_is_gone_is_read_no_more()
    {
        var relay = Ask(follow: true);
        _reader.Send(relay, new LogChunk(null, new byte[] { 1 }, End: false));
        _asker.ExpectMsg<LogChunk>();
        Sys.Stop(_reader);
        _asker.ExpectMsg<LogChunk>().End.ShouldBeTrue();
        relay = Ask();
        Watch(relay);
        Sys.Stop(_asker);
        ExpectTerminated(relay);
    }

    [Fact]
    public void A_followed_log_in_which_nothing_is_written_ends_too_when_its_host_dies()
    {
        var relay = Ask(follow: true);
        _reader.Send(relay, new LogChunk(null, default, End: false));
        _asker.ExpectMsg<LogChunk>().End.ShouldBeFalse();
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromHours(1));
        Sys.Stop(_reader);
        _asker.ExpectMsg<LogChunk>().End.ShouldBeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_nobody_answers_the_kubelet_is_not_reachable(bool follow)
    {
        Ask(follow);
        AwaitAssert(() =>
        {
            ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(31));
            _asker.ExpectMsg<Failed>(TimeSpan.FromMilliseconds(100)).Status.Message!.ShouldContain("node-1 is not reachable");
        });
    }
}
