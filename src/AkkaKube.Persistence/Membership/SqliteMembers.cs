using System.Collections.Immutable;
using Akka.Cluster;
using Akka.Cluster.Membership;

namespace AkkaKube.Persistence;

/// <summary>Members and leases in a file of SQLite that the processes of one machine share.</summary>
internal sealed class SqliteMembers : IMemberStore
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransactions _transactions;
    private readonly SqliteStatement _members;
    private readonly SqliteStatement _leases;
    private readonly SqliteStatement _renew;

    public SqliteMembers(SqliteSettings settings, TimeSpan timeout)
    {
        // A sign of life need not survive power loss, which ends all hosts of the file at once; and what is lost then is lost from the end, so that no
        // event can stand in the file without the lease that it was written under.
        var durability = settings.Durability == Durability.None ? Durability.None : Durability.Normal;
        _connection = SqliteSchema.Open(settings with { Durability = durability, CheckUpToBytes = 0 });
        _transactions = new SqliteTransactions(_connection, settings with { Patience = timeout }, urgent: true);
        _members = _connection.Prepare("SELECT uid, address, roles, status, up_number, beat, suspects FROM members ORDER BY uid");
        _leases = _connection.Prepare("SELECT name, owner, epoch FROM leases");
        _renew = _connection.Prepare("UPDATE members SET beat = beat + 1, suspects = ? WHERE uid = ? AND status <> 'Down'");
    }

    public TableView Read()
    {
        _connection.Execute("BEGIN");
        try
        {
            return View();
        }
        finally
        {
            _connection.Execute("COMMIT");
        }
    }

    public void Join(int uid, string address, ImmutableHashSet<string> roles) => _transactions.Run(() =>
    {
        if (Changed("INSERT OR IGNORE INTO members (uid, address, roles, status) VALUES (?, ?, ?, 'Joining')", s => s.Bind(1, uid).Bind(2, address).Bind(3, MemberColumns.Of(roles))) == 0) return;
        Changed("UPDATE members SET status = 'Down' WHERE address = ? AND uid <> ?", s => s.Bind(1, address).Bind(2, uid));
    });

    public TableView? Renew(int uid, ImmutableHashSet<int> suspects) => _transactions.Run(() =>
    {
        _renew.Bind(1, MemberColumns.Of(suspects)).Bind(2, uid).Run();
        return _connection.Changes == 0 ? null : View();
    });

    public bool Move(int uid, MemberStatus from, MemberStatus to) => _transactions.Run(() =>
    {
        if (Changed("UPDATE members SET status = ? WHERE uid = ? AND status = ?", s => s.Bind(1, MemberColumns.Of(to)).Bind(2, uid).Bind(3, MemberColumns.Of(from))) == 0) return false;
        if (to == MemberStatus.Up)
        {
            Changed("UPDATE counters SET value = value + 1 WHERE name = 'up'", s => s);
            Changed("UPDATE members SET up_number = (SELECT value FROM counters WHERE name = 'up') WHERE uid = ?", s => s.Bind(1, uid));
        }
        return true;
    });

    public bool Down(int uid, long? beat) => _transactions.Run(() =>
        Changed("UPDATE members SET status = 'Down' WHERE uid = ?1 AND status <> 'Down' AND (?2 IS NULL OR beat = ?2)", s => beat is { } seen ? s.Bind(1, uid).Bind(2, seen) : s.Bind(1, uid).BindNull(2)) > 0);

    public void Remove(int uid) => _transactions.Run(() =>
    {
        if (Changed("DELETE FROM members WHERE uid = ? AND status IN ('Down', 'Exiting')", s => s.Bind(1, uid)) == 0) return;
        Changed("UPDATE leases SET owner = NULL WHERE owner = ?", s => s.Bind(1, uid));
    });

    public LeaseRow? Take(string name, int uid, long seenEpoch) => _transactions.Run(() =>
    {
        const string taker = "EXISTS (SELECT 1 FROM members WHERE uid = ?1 AND status IN ('Up', 'Leaving'))";
        var taken = seenEpoch == 0
            ? Changed($"INSERT OR IGNORE INTO leases (name, owner, epoch) SELECT ?2, ?1, 1 WHERE {taker}", s => s.Bind(1, uid).Bind(2, name))
            : Changed($"UPDATE leases SET owner = ?1, epoch = epoch + 1 WHERE name = ?2 AND epoch = ?3 AND {taker}", s => s.Bind(1, uid).Bind(2, name).Bind(3, seenEpoch));
        return taken == 0 ? null : new LeaseRow(name, uid, seenEpoch + 1);
    });

    public bool Release(string name, int uid, long epoch) => _transactions.Run(() =>
        Changed("UPDATE leases SET owner = NULL WHERE name = ? AND owner = ? AND epoch = ?", s => s.Bind(1, name).Bind(2, uid).Bind(3, epoch)) > 0);

    public void Remember(string shard, IReadOnlyCollection<string> entities, bool remembered) => _transactions.Run(() =>
    {
        var sql = remembered ? "INSERT OR IGNORE INTO entities (shard, entity) VALUES (?, ?)" : "DELETE FROM entities WHERE shard = ? AND entity = ?";
        foreach (var entity in entities) Changed(sql, s => s.Bind(1, shard).Bind(2, entity));
    });

    public ImmutableHashSet<string> Remembered(string shard)
    {
        using var query = _connection.Prepare("SELECT entity FROM entities WHERE shard = ?");
        query.Bind(1, shard);
        var entities = ImmutableHashSet.CreateBuilder<string>();
        while (query.Step()) entities.Add(query.Text(0));
        return entities.ToImmutable();
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_members, _leases, _renew]) statement.Dispose();
        _transactions.Dispose();
        _connection.Dispose();
    }

    /// <summary>Within a transaction.</summary>
    private TableView View()
    {
        var members = ImmutableList.CreateBuilder<MemberRow>();
        while (_members.Step())
        {
            members.Add(MemberColumns.Row((int)_members.Long(0), _members.Text(1), _members.Text(2), _members.Text(3), (int)_members.Long(4), _members.Long(5), _members.Text(6)));
        }
        var leases = ImmutableDictionary.CreateBuilder<string, LeaseRow>(StringComparer.Ordinal);
        while (_leases.Step())
        {
            var name = _leases.Text(0);
            leases[name] = new LeaseRow(name, _leases.IsNull(1) ? null : (int)_leases.Long(1), _leases.Long(2));
        }
        return new TableView(members.ToImmutable(), leases.ToImmutable());
    }

    private int Changed(string sql, Func<SqliteStatement, SqliteStatement> bind)
    {
        using var statement = _connection.Prepare(sql);
        bind(statement).Run();
        return _connection.Changes;
    }
}
