using System.Collections.Immutable;
using Akka.Cluster;
using Akka.Cluster.Membership;

namespace AkkaKube.Persistence;

/// <summary>
/// The operations of <see cref="IMembershipTable"/>, which says what each of them does, on one connection to a database. They block; one thread calls
/// them, one after the other. Each fails with a <see cref="JournalException"/>.
/// </summary>
internal interface IMemberStore : IDisposable
{
    TableView Read();

    void Join(int uid, string address, ImmutableHashSet<string> roles);

    TableView? Renew(int uid, ImmutableHashSet<int> suspects);

    bool Move(int uid, MemberStatus from, MemberStatus to);

    bool Down(int uid, long? beat);

    void Remove(int uid);

    LeaseRow? Take(string name, int uid, long seenEpoch);

    bool Release(string name, int uid, long epoch);

    void Remember(string shard, IReadOnlyCollection<string> entities, bool remembered);

    ImmutableHashSet<string> Remembered(string shard);
}
