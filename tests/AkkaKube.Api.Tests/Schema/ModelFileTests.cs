using AkkaKube.Api.Declarations;

namespace AkkaKube.Api.Tests.Schema;

public class ModelFileTests
{
    private const string Lease = """
        kind Lease
          Who holds a lock.
          resource leases singular=lease scope=namespaced short=ls,l verbs=get,list
          subresource status verbs=get kind=apps/v1/Other
          column Renewed:integer* = @renewed

          metadata  meta.v1.ObjectMeta         -- Metadata.
          holders   []string                   required always list=map keys=a,b patch=merge mergeKey=a default="x"  -- Who.
          amounts   *map[ResourceName]Quantity  omitzero inline=Outer immutable  -- How much.

        string Phase closed
          A phase.
          Ready
          NotYet = not-yet
        """;

    [Fact]
    public void A_kind_is_read_with_all_its_facts()
    {
        var file = ModelFile.Parse("coordination.v1", Lease);
        file.Errors.ShouldBeEmpty();
        var kind = file.Types[0];
        kind.FullName.ShouldBe("coordination.v1.Lease");
        kind.Description.ShouldBe("Who holds a lock.");
        kind.Resource!.ShortNames.ShouldBe(["ls", "l"]);
        kind.Resource.Subresources.Single().Kind.ShouldBe("apps/v1/Other");
        var column = kind.Resource.Columns.Single();
        (column.Name, column.Type, column.Wide, column.Cell).ShouldBe(("Renewed", "integer", true, "@renewed"));
        var holders = kind.Fields[1];
        (holders.Required, holders.Always, holders.ListType, holders.MergeKey, holders.Default, holders.Description).ShouldBe((true, true, "map", "a", "\"x\"", "Who."));
        holders.Keys.ShouldBe(["a", "b"]);
        kind.Fields[2].Type.ToString().ShouldBe("*map[ResourceName]Quantity");
        (kind.Fields[2].OmitZero, kind.Fields[2].Inline, kind.Fields[2].Immutable).ShouldBe((true, "Outer", true));
        file.Types[1].Constants.ShouldBe([new("Ready", "Ready"), new("NotYet", "not-yet")]);
    }

    [Theory]
    [InlineData("kind", 0)]
    [InlineData("thing Pod", 0)]
    [InlineData("  a  string", 0)]
    [InlineData("type A\n  An A.\n\n  a", 3)]
    [InlineData("type A\n  An A.\n\n  a  [string", 3)]
    [InlineData("type A\n  An A.\n\n  a  string  sometimes", 3)]
    [InlineData("type A\n  An A.\n  a  string", 2)]
    [InlineData("type A odd\n  An A.", 0)]
    public void A_wrong_line_is_an_error_at_that_line(string text, int line) => ModelFile.Parse("x.v1", text).Errors.First().Key.ShouldBe(line);

    [Fact]
    public void Every_declared_type_makes_a_schema_that_keeps_its_own_empty_object()
    {
        foreach (var name in AkkaKube.Api.Schema.Schemas.Structs)
        {
            var schema = AkkaKube.Api.Schema.Schemas.Of(name);
            foreach (var field in schema.Fields)
                schema.Field(field.Name).ShouldBeSameAs(field);
        }
    }
}
