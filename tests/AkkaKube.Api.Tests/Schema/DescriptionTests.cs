using AkkaKube.Api.Declarations;
using AkkaKube.Api.Schema;

namespace AkkaKube.Api.Tests.Schema;

/// <summary>What <c>kubectl explain</c>, OpenAPI and the docs of the records say about types and fields.</summary>
public class DescriptionTests
{
    private const int Longest = 140;

    public static TheoryData<string> Declarations => [.. Schemas.Declarations.Select(type => type.FullName)];

    public static TheoryData<string> BuiltInStructs
    {
        get
        {
            var reached = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var type in Schemas.Declarations.Where(type => type.Resource is not null))
                Reach(Schemas.Of(type.FullName), reached);
            return [.. reached];
        }
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public void A_declared_type_says_more_than_its_name(string fullName)
    {
        var type = Schemas.Declarations.Single(type => type.FullName == fullName);

        Faults(type.Name, type.Description).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public void A_declared_field_says_more_than_its_name(string fullName)
    {
        var fields = Schemas.Declarations.Single(type => type.FullName == fullName).Fields;

        fields.SelectMany(field => Faults(field.Name, field.Description)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(BuiltInStructs))]
    public void Everything_in_a_built_in_resource_is_described_in_its_schema(string fullName)
    {
        var type = Schemas.Of(fullName);

        Faults(type.Name, type.Description).ShouldBeEmpty();
        type.Fields.SelectMany(field => Faults(field.Name, field.Description)).ShouldBeEmpty();
    }

    private static void Reach(TypeSchema type, SortedSet<string> reached)
    {
        if (!reached.Add(type.FullName))
            return;
        foreach (var field in type.Fields)
        {
            var value = field.Value;
            while (value.Element is { } element)
                value = element;
            if (value.Kind == ValueKind.Struct)
                Reach(value.Struct, reached);
        }
    }

    private static IEnumerable<string> Faults(string name, string description)
    {
        if (string.IsNullOrWhiteSpace(description))
            yield return $"{name} has no description";
        else if (Letters(description) == Letters(name))
            yield return $"{name} is described by its name";
        else if (!description.EndsWith('.'))
            yield return $"{name} is described without a full stop: {description}";
        else if (description.Length > Longest)
            yield return $"{name} is described in more than {Longest} characters: {description}";
    }

    private static string Letters(string text) => new([.. text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
