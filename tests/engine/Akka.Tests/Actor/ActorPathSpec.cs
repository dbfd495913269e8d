using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class ActorPathSpec
{
    private static readonly ActorPath Root = new RootActorPath(new Address("akka", "sys"));

    [Theory]
    [InlineData("akka://sys/user/a")]
    [InlineData("akka.tcp://sys@host:1234/user/a/b")]
    [InlineData("akka://sys/")]
    public void Parsing_and_writing_are_inverse(string text) => ActorPath.Parse(text).ToString().ShouldBe(text);

    [Fact]
    public void A_path_knows_its_parts()
    {
        var path = Root / "user" / "a" / "b";
        path.Name.ShouldBe("b");
        path.Parent.ShouldBe(Root / "user" / "a");
        path.Elements.ShouldBe(["user", "a", "b"]);
        path.Depth.ShouldBe(3);
        path.Root.ShouldBe(Root);
        path.Address.System.ShouldBe("sys");
        path.ParentOf(1).ShouldBe(Root / "user");
        path.ToStringWithoutAddress().ShouldBe("/user/a/b");
    }

    [Fact]
    public void The_uid_is_no_part_of_equality_and_stands_after_a_hash()
    {
        var path = (Root / "user" / "a").WithUid(17);
        path.Uid.ShouldBe(17);
        path.ShouldBe(Root / "user" / "a");
        path.GetHashCode().ShouldBe((Root / "user" / "a").GetHashCode());
        path.ToSerializationFormat().ShouldBe("akka://sys/user/a#17");
        ActorPath.Parse("akka://sys/user/a#17").Uid.ShouldBe(17);
    }

    [Fact]
    public void Paths_are_ordered_by_address_and_names()
    {
        ActorPath[] paths = [Root / "b", Root / "a" / "b", Root / "a"];
        paths.Order().Select(static p => p.ToStringWithoutAddress()).ShouldBe(["/a", "/a/b", "/b"]);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("A-z_0.9*$+:@&=,!~';()", true)]
    [InlineData("a%20b", true)]
    [InlineData("a%2", false)]
    [InlineData("$a", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("", false)]
    public void Names_have_an_alphabet(string name, bool valid) => ActorPath.IsValidPathElement(name).ShouldBe(valid);

    [Theory]
    [InlineData("akka://sys", "akka", "sys", null, null)]
    [InlineData("akka.tcp://sys@Host:99", "akka.tcp", "sys", "host", 99)]
    public void An_address_is_read_and_written(string text, string protocol, string system, string? host, int? port)
    {
        var address = Address.Parse(text);
        address.ShouldBe(new Address(protocol, system, host, port));
        address.HasLocalScope.ShouldBe(host is null);
        Address.Parse(address.ToString()).ShouldBe(address);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("/user/a")]
    [InlineData("akka://sys@host")]
    [InlineData("akka://sys@host:port/a")]
    public void What_is_no_path_is_refused(string text) => ActorPath.TryParse(text, out _).ShouldBeFalse();
}
