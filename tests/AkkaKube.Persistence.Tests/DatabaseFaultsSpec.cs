namespace AkkaKube.Persistence.Tests;

/// <summary>Faults that a console puts between the process and its database.</summary>
public sealed class DatabaseFaultsSpec : IDisposable
{
    private readonly DatabaseFolder _folder = new();
    private readonly DatabaseFaults _faults = new(1);
    private readonly IJournalTable _table;

    public DatabaseFaultsSpec() => _table = new FaultyJournalTable(new SqliteJournalTable(_folder.Settings()), _faults);

    public void Dispose()
    {
        _table.Dispose();
        _folder.Dispose();
    }

    private void Append(long number) => _table.Append([new JournalEntry("p", number, "m", new byte[1], 0)]);

    [Fact]
    public void Cut_off_no_call_comes_through_until_healed()
    {
        Append(1);
        _faults.Cut();
        _faults.ToString().ShouldBe("cut");
        Should.Throw<DatabaseUnreachableException>(() => Append(2));
        Should.Throw<DatabaseUnreachableException>(() => _table.HighestSequenceNr("p", null));
        Should.Throw<DatabaseUnreachableException>(() => _table.Read("p", 0, 9, 9, _ => { }));
        _faults.Heal();
        _faults.ToString().ShouldBe("");
        _table.HighestSequenceNr("p", null).ShouldBe(1);
        Append(2);
    }

    [Fact]
    public void On_a_full_disk_writes_fail_and_reads_do_not()
    {
        Append(1);
        _faults.Full();
        Should.Throw<JournalFullException>(() => Append(2));
        Should.Throw<JournalFullException>(() => _table.SaveSnapshot("p", new SnapshotRow(1, 1, "m", new byte[1]), null));
        _table.HighestSequenceNr("p", null).ShouldBe(1);
    }

    [Fact]
    public void Dropped_calls_fail_and_some_of_them_were_done()
    {
        _faults.Drop(0.5);
        _faults.ToString().ShouldBe("drops 50 %");
        var (failed, acknowledged) = (0, 0);
        for (var n = 1; n <= 200; n++)
        {
            try
            {
                _table.Append([new JournalEntry($"p{n}", 1, "m", new byte[1], 0)]);
                acknowledged++;
            }
            catch (DatabaseUnreachableException)
            {
                failed++;
            }
        }
        _faults.Heal();
        failed.ShouldBeInRange(60, 140);
        var written = Enumerable.Range(1, 200).Count(n => _table.HighestSequenceNr($"p{n}", null) == 1);
        written.ShouldBeInRange(acknowledged + 10, 190);
    }

    [Fact]
    public async Task A_slow_call_goes_on_at_once_when_healed()
    {
        _faults.Slow(TimeSpan.FromDays(1));
        _faults.ToString().ShouldBe("slow by 86400000 ms");
        var append = Task.Run(() => Append(1));
        _faults.Heal();
        await append.WaitAsync(TimeSpan.FromSeconds(30));
        _table.HighestSequenceNr("p", null).ShouldBe(1);
    }

    [Fact]
    public void A_call_that_is_slow_is_made_late()
    {
        _faults.Slow(TimeSpan.FromMilliseconds(20));
        Append(1);
        _table.HighestSequenceNr("p", null).ShouldBe(1);
    }

    [Fact]
    public async Task The_table_of_the_members_has_the_same_faults()
    {
        using var members = new SqlMembershipTable(_folder.Shared(), _faults);
        await members.Join(1, "a", []);
        _faults.Cut();
        await Should.ThrowAsync<DatabaseUnreachableException>(() => members.Renew(1, []));
        await Should.ThrowAsync<DatabaseUnreachableException>(() => members.Read());
        await Should.ThrowAsync<DatabaseUnreachableException>(() => members.Remembered("x"));
        _faults.Heal();
        (await members.Renew(1, [])).ShouldNotBeNull().Members.Single().Beat.ShouldBe(1);
    }
}
