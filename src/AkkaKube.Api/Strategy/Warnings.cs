using AkkaKube.Api.Errors;
using AkkaKube.Api.Validation;

namespace AkkaKube.Api.Strategy;

/// <summary>Collects what a client should know about a valid object; costs nothing but itself while there is nothing.</summary>
internal sealed class Warnings
{
    private List<string>? _found;

    public IReadOnlyList<string> Found => _found ?? (IReadOnlyList<string>)[];

    public void Add(string text) => (_found ??= []).Add(text);

    public void Add(FieldPath path, string text) => Add($"{path}: {text}");

    /// <summary>About an address in a form that parsers disagree on.</summary>
    public void Address(FieldPath path, string? value) => Addresses.Warn(_found ??= [], path, value);

    /// <summary>About an address block in a form that parsers disagree on.</summary>
    public void AddressBlock(FieldPath path, string value) => Addresses.WarnBlock(_found ??= [], path, value);

    /// <summary>About a name that pods will bear, and that is no good host name.</summary>
    public void HostName(string name, string user)
    {
        if (Names.Label(name) is { Length: > 0 } wrong)
            Add($"metadata.name: this is used in {user}, which can result in surprising behavior; a DNS label is recommended: [{string.Join(' ', wrong)}]");
    }
}
