using AkkaKube.Client;

namespace AkkaKube.ApiServer.Operations;

/// <summary>Makes uids and names out of the cluster's seeded chance.</summary>
internal sealed class NameSource(Random random)
{
    /// <summary>So that the whole is no longer than a DNS label.</summary>
    private const int LongestBase = 63 - 5;

    public string Uid() => random.NewUid();

    public string Suffix() => GeneratedName.Suffix(random);

    /// <summary>A name that starts with <paramref name="generateName"/>.</summary>
    public string Generate(string generateName) => (generateName.Length > LongestBase ? generateName[..LongestBase] : generateName) + Suffix();
}
