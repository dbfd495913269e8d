using AkkaKube.Client.Requests;
using AkkaKube.Kubelet.Logs;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Logs;

public class LogAccessTests
{
    private static ReadLog Request(string? container = null, bool previous = false) =>
        new("web") { Container = container, Previous = previous, Namespace = "default", User = new UserInfo("a", []) };

    [Theory]
    [InlineData(null, false, "r", "main-id")]
    [InlineData("main", false, "0", "main-id")]
    [InlineData(null, false, "c3", "main-id")]
    [InlineData(null, true, "c3", "main-id")]
    public void The_log_of_an_instance_can_be_read_while_it_runs_and_after_it(string? container, bool previous, string state, string id)
    {
        var pod = Pod(Container());
        LogAccess.Of(Request(container, previous), pod, Run(pod, state), T0).Read!.ContainerId.ShouldBe(id);
    }

    [Theory]
    [InlineData(null, false, null, "container \"main\" in pod \"web\" is waiting to start: ContainerCreating")]
    [InlineData(null, false, "ErrImagePull", "container \"main\" in pod \"web\" is waiting to start: image can't be pulled")]
    [InlineData(null, false, "ImagePullBackOff", "container \"main\" in pod \"web\" is waiting to start: trying and failing to pull image")]
    [InlineData(null, false, "CreateContainerConfigError", "container \"main\" in pod \"web\" is waiting to start: CreateContainerConfigError")]
    [InlineData(null, true, null, "previous terminated container \"main\" in pod \"web\" not found")]
    [InlineData("other", false, null, "container other is not valid for pod web")]
    public void Where_there_is_no_log_yet_the_refusal_says_why(string? container, bool previous, string? waiting, string message)
    {
        var pod = Pod(Container());
        var run = Run(pod, "w");
        var refusal = LogAccess.Of(Request(container, previous), pod, run.With(run.Of("main") with { WaitingReason = waiting }), T0).Refusal!;
        (refusal.Code, refusal.Reason, refusal.Message).ShouldBe((400, "BadRequest", message));
    }

    [Fact]
    public void With_several_containers_one_must_be_named()
    {
        var pod = Pod(Container("a"), Container("b"));
        LogAccess.Of(Request(), pod, Run(pod, "r r"), T0).Refusal!.Message.ShouldBe("a container name must be specified for pod web, choose one of: [a b]");
    }

    [Fact]
    public void Only_an_instance_that_runs_can_be_followed()
    {
        var pod = Pod(Container());
        LogAccess.Of(Request() with { Follow = true }, pod, Run(pod, "r"), T0).Read!.Follow.ShouldBeTrue();
        LogAccess.Of(Request() with { Follow = true }, pod, Run(pod, "0"), T0).Read!.Follow.ShouldBeFalse();
        LogAccess.Of(Request() with { SinceSeconds = 5 }, pod, Run(pod, "r"), T0).Read!.Since.ShouldBe(T0 - TimeSpan.FromSeconds(5));
    }
}
