using Akka.Actor;
using static AkkaKube.Runtime.ContainerRuntime;

namespace AkkaKube.Runtime.Tests.Sandboxes;

public class ImageTests : RuntimeTestKit
{
    public ImageTests()
        : base("""
            akkakube.runtime {
              pull = "fixed(100ms)"
              pull-bandwidth = 1MiB
              images { "slow/image" { pull = "fixed(3s)", size = 77 }, "private/image" { pull = denied }, "gone.example/image" { pull = unreachable }, "mine/web" { like = nginx } }
            }
            """)
    {
    }

    [Fact]
    public void A_pull_takes_as_long_as_the_image_is_large_and_the_node_has_it_then()
    {
        Ask<ImageStatusIs>(new ImageStatus("busybox")).Image.ShouldBeNull();
        var pulled = Ask<ImagePulled>(new PullImage("busybox"));
        pulled.Duration.TotalSeconds.ShouldBe(0.1 + (2_224_358 / 1048576.0), 0.01);
        pulled.Image.RepoTags.ShouldBe(["docker.io/library/busybox:latest"]);
        Ask<ImageStatusIs>(new ImageStatus("docker.io/library/busybox:latest")).Image.ShouldBe(pulled.Image);
        Ask<ImageStatusIs>(new ImageStatus(pulled.Image.Id)).Image.ShouldBe(pulled.Image);
        Ask<ContainerRuntime.Images>(new ListImages()).Items.Count.ShouldBe(1);
        Ask<ImagePulled>(new PullImage("busybox")).Duration.ShouldBe(TimeSpan.FromSeconds(0.1));
        Ask<ImageRemoved>(new RemoveImage("busybox"));
        Ask<ImageStatusIs>(new ImageStatus("busybox")).Image.ShouldBeNull();
    }

    [Fact]
    public void Who_asks_for_an_image_that_is_on_its_way_waits_for_it()
    {
        Runtime.Tell(new PullImage("slow/image") { Tag = 1 }, TestActor);
        Advance(2);
        Runtime.Tell(new PullImage("slow/image") { Tag = 2 }, TestActor);
        Advance(1.01);
        ExpectMsg<ImagePulled>(p => (p.Tag, p.Duration, p.Image.Size).ShouldBe((1, TimeSpan.FromSeconds(3), 77)));
        ExpectMsg<ImagePulled>(p => (p.Tag, p.Duration).ShouldBe((2, TimeSpan.FromSeconds(1))));
    }

    [Theory]
    [InlineData("nginx:1.161", FailureCode.NotFound, "failed to pull and unpack image \"docker.io/library/nginx:1.161\": failed to resolve image: docker.io/library/nginx:1.161: not found")]
    [InlineData("doesnotexist", FailureCode.NotFound, "failed to pull and unpack image \"docker.io/library/doesnotexist:latest\": failed to resolve image: docker.io/library/doesnotexist:latest: not found")]
    [InlineData("private/image", FailureCode.Unknown, "failed to pull and unpack image \"docker.io/private/image:latest\": failed to resolve image: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed")]
    [InlineData("gone.example/image", FailureCode.Unknown, "failed to pull and unpack image \"gone.example/image:latest\": failed to resolve image: failed to do request: Head \"https://gone.example/v2/image/manifests/latest\": dial tcp: lookup gone.example: no such host")]
    [InlineData("Bad", FailureCode.InvalidArgument, "failed to parse image reference \"Bad\": invalid reference format: repository name (library/Bad) must be lowercase")]
    public void A_pull_that_fails_says_what_containerd_says(string image, FailureCode code, string message)
    {
        Runtime.Tell(new PullImage(image) { Tag = "t" }, TestActor);
        Advance(1);
        var failed = ExpectMsg<Failed>();
        (failed.Code, failed.Message, failed.Tag).ShouldBe((code, message, "t"));
        failed.ToString().ShouldBe($"rpc error: code = {code} desc = {message}");
    }

    [Fact]
    public void An_image_can_be_like_another()
    {
        var id = Start(Sandbox(), new ContainerConfig("web", "mine/web"));
        Advance(1);
        LogOf(id).ShouldContain("Configuration complete; ready for start up");
    }

    [Fact]
    public void A_container_of_an_image_that_is_not_there_is_refused()
    {
        Runtime.Tell(new CreateContainer(Sandbox(), new ContainerConfig("main", "httpd")), TestActor);
        Advance();
        ExpectMsg<Failed>().Code.ShouldBe(FailureCode.NotFound);
    }
}
