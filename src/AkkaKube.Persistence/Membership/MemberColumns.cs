using System.Collections.Immutable;
using System.Globalization;
using Akka.Cluster;
using Akka.Cluster.Membership;

namespace AkkaKube.Persistence;

/// <summary>How the fields of a member stand in its row; for a reader of the table as well as for us.</summary>
internal static class MemberColumns
{
    public static string Of(MemberStatus status) => status.ToString();

    /// <summary>One a line: a role may have any other character.</summary>
    public static string Of(ImmutableHashSet<string> roles) => string.Join('\n', roles.Order(StringComparer.Ordinal));

    public static string Of(ImmutableHashSet<int> suspects) => string.Join(',', suspects.Order().Select(s => s.ToString(CultureInfo.InvariantCulture)));

    public static MemberRow Row(int uid, string address, string roles, string status, int upNumber, long beat, string suspects) => new(
        uid,
        address,
        [.. roles.Split('\n', StringSplitOptions.RemoveEmptyEntries)],
        Enum.Parse<MemberStatus>(status),
        upNumber,
        beat,
        [.. suspects.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(s => int.Parse(s, CultureInfo.InvariantCulture))]);
}
