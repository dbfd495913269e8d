using Akka.Actor;
using Akka.Pattern;
using Akka.TestKit;

namespace Akka.Tests.Pattern;

public sealed class BackoffSupervisorSpec() : TestKit.Xunit2.TestKit("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
{
    private static readonly TimeSpan Min = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(10);

    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    private sealed class Child : ReceiveActor
    {
        public Child(IActorRef report)
        {
            report.Tell("started");
            Receive<string>(s => s == "stop", _ => Context.Stop(Self));
            Receive<string>(s => s == "fail", _ => throw new InvalidOperationException("as told"));
            Receive<string>(s => s == "up", _ => Context.Parent.Tell("to the parent"));
            ReceiveAny(m => Sender.Tell(m));
        }
    }

    private BackoffOptions OnStop(int retries = -1) => Backoff.OnStop(Props.Create(() => new Child(TestActor)), "child", Min, Max, 0.0, retries);

    private BackoffOptions OnFailure(int retries = -1) => Backoff.OnFailure(Props.Create(() => new Child(TestActor)), "child", Min, Max, 0.0, retries);

    private IActorRef Start(BackoffOptions options)
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(options));
        ExpectMsg("started");
        return supervisor;
    }

    private void WaitUntilChildIsGone(IActorRef supervisor) => AwaitAssert(() =>
    {
        supervisor.Tell(BackoffSupervisor.GetCurrentChild.Instance);
        ExpectMsg<BackoffSupervisor.CurrentChild>().Ref.ShouldBeNull();
    });

    [Fact]
    public void Messages_are_passed_to_the_child_with_their_sender()
    {
        Start(OnStop()).Tell("x");
        ExpectMsg("x");
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("fail")]
    public void The_child_comes_back_after_a_delay_that_doubles(string message)
    {
        var supervisor = Start(message == "stop" ? OnStop().WithManualReset() : OnFailure().WithManualReset());
        foreach (var seconds in new[] { 1, 2, 4, 8, 10, 10 })
        {
            supervisor.Tell(message);
            WaitUntilChildIsGone(supervisor);
            Time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            ExpectNoMsg(TimeSpan.FromMilliseconds(20));
            Time.Advance(TimeSpan.FromMilliseconds(1));
            ExpectMsg("started");
        }

        supervisor.Tell(BackoffSupervisor.GetRestartCount.Instance);
        ExpectMsg<BackoffSupervisor.RestartCount>().Count.ShouldBe(6);
        supervisor.Tell(BackoffSupervisor.Reset.Instance);
        supervisor.Tell(BackoffSupervisor.GetRestartCount.Instance);
        ExpectMsg<BackoffSupervisor.RestartCount>().Count.ShouldBe(0);
    }

    [Fact]
    public void A_child_that_lives_long_enough_begins_anew()
    {
        var supervisor = Start(OnStop().WithAutoReset(TimeSpan.FromSeconds(3)));
        supervisor.Tell("stop");
        WaitUntilChildIsGone(supervisor);
        Time.Advance(Min);
        ExpectMsg("started");
        Time.Advance(TimeSpan.FromSeconds(3));
        AwaitAssert(() =>
        {
            supervisor.Tell(BackoffSupervisor.GetRestartCount.Instance);
            ExpectMsg<BackoffSupervisor.RestartCount>().Count.ShouldBe(0);
        });
    }

    [Fact]
    public void It_gives_up_after_as_many_restarts_as_allowed()
    {
        var supervisor = Start(OnStop(1));
        Watch(supervisor);
        supervisor.Tell("stop");
        WaitUntilChildIsGone(supervisor);
        Time.Advance(Min);
        ExpectMsg("started");
        supervisor.Tell("stop");
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void A_child_that_stops_itself_ends_a_supervisor_of_failures()
    {
        var supervisor = Start(OnFailure());
        Watch(supervisor);
        supervisor.Tell("stop");
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void It_answers_in_the_place_of_the_absent_child()
    {
        var supervisor = Start(OnStop().WithReplyWhileStopped("later"));
        supervisor.Tell("stop");
        WaitUntilChildIsGone(supervisor);
        supervisor.Tell("x");
        ExpectMsg("later");
    }

    [Fact]
    public void It_ends_after_the_final_message()
    {
        var supervisor = Start(OnStop().WithFinalStopMessage(static m => m is "stop"));
        Watch(supervisor);
        supervisor.Tell("stop");
        ExpectTerminated(supervisor);
    }
}
