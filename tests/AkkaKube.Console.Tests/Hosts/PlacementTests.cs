using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Hosts;

namespace AkkaKube.Console.Tests.Hosts;

public sealed class PlacementTests
{
    [Fact]
    public void Everything_is_where_a_host_says_it_is_on_none_and_on_two_as_well()
    {
        var placement = new Placement(new HostQuestion.Answers([Has("h1", "a", "b"), Has("h2", "b")], []), []);
        placement.HostsOf("a").ShouldBe("h1");
        placement.HostsOf("b").ShouldBe("h1 h2");
        placement.HostsOf("c").ShouldBe("");
        (placement.NamesOn("h1"), placement.NamesOn("h2"), placement.NamesOn("h3")).ShouldBe(("a b", "b", "?"));
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public void While_a_host_does_not_say_what_it_has_nothing_is_nowhere(bool silent, bool unasked, bool failed)
    {
        ConsoleActor.Ran[] failure = failed ? [new("h2", new Document.Failure(FailureCode.Timeout, "no answer"))] : [];
        var placement = new Placement(new HostQuestion.Answers([Has("h1", "a"), .. failure], silent ? ["h2"] : []), unasked ? ["h2"] : []);
        placement.HostsOf("a").ShouldBe("h1");
        placement.HostsOf("b").ShouldBe("?");
        placement.NamesOn("h2").ShouldBe("?");
    }

    private static ConsoleActor.Ran Has(string host, params string[] names) => new(host, new Document.Table(["NAME"], [.. names.Select(n => (ValueList<Cell>)[n])]));
}
