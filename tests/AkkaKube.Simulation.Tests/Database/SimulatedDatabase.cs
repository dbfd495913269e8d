using Akka.Actor;
using Akka.Actor.Setup;

namespace AkkaKube.Simulation.Tests.Database;

/// <summary>
/// The database of simulated hosts. A call travels there, is carried out at one moment, and its answer travels back, each for a time that the seed
/// draws; on either way it may be lost, so a call that fails may have been carried out.
/// </summary>
internal sealed class SimulatedDatabase(IScheduler time, int seed)
{
    /// <summary>After which a caller gives up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Random _random = new(seed);
    private readonly HashSet<string> _cutTo = [];
    private readonly HashSet<string> _cutFrom = [];

    /// <summary>Events and snapshots by persistence id.</summary>
    public Dictionary<string, SimulatedStream> Streams { get; } = [];

    /// <summary>It answers nobody.</summary>
    public bool IsDown { get; set; }

    /// <summary>Writes are refused; reads are not.</summary>
    public bool IsFull { get; set; }

    /// <summary>How many calls in a thousand are lost on either way.</summary>
    public int LostPerMille { get; set; }

    public SimulatedStream StreamOf(string persistenceId)
    {
        if (!Streams.TryGetValue(persistenceId, out var stream)) Streams[persistenceId] = stream = new SimulatedStream();
        return stream;
    }

    /// <summary>Calls of a host do not get there, or answers do not get back.</summary>
    public void Cut(string host, bool to, bool from)
    {
        if (to) _cutTo.Add(host);
        if (from) _cutFrom.Add(host);
    }

    public void Heal()
    {
        _cutTo.Clear();
        _cutFrom.Clear();
        IsDown = IsFull = false;
        LostPerMille = 0;
    }

    /// <summary>A call of a host.</summary>
    /// <param name="host">Who calls.</param>
    /// <param name="writes">It needs room.</param>
    /// <param name="work">What is done there, at one moment.</param>
    public Task<T> Call<T>(string host, bool writes, Func<T> work)
    {
        var done = new TaskCompletionSource<T>();
        var arrives = !Lost();
        var returns = !Lost();
        time.Advanced.ScheduleOnce(Travel(), () =>
        {
            if (IsDown || _cutTo.Contains(host) || !arrives)
            {
                Fail(done, "no connection to the database");
                return;
            }
            T result;
            try
            {
                if (writes && IsFull) throw new IOException("no space left on the database's disk");
                result = work();
            }
            catch (Exception failure)
            {
                time.Advanced.ScheduleOnce(Travel(), () => End(() => done.TrySetException(failure)));
                return;
            }
            time.Advanced.ScheduleOnce(Travel(), () =>
            {
                if (IsDown || _cutFrom.Contains(host) || !returns) Fail(done, "the database did not answer");
                else End(() => done.TrySetResult(result));
            });
        });
        return done.Task;
    }

    private void Fail<T>(TaskCompletionSource<T> done, string why) => time.Advanced.ScheduleOnce(Patience, () => End(() => done.TrySetException(new TimeoutException(why))));

    private bool Lost() => _random.Next(1000) < LostPerMille;

    // Mostly a fraction of a millisecond; now and then long enough for others to come between.
    private TimeSpan Travel() => TimeSpan.FromMicroseconds(_random.Next(20) == 0 ? _random.Next(1000, 50_000) : _random.Next(50, 600));

    /// <summary>What waits for the answer goes on at once, on this thread.</summary>
    private static void End(Action complete)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            complete();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}

/// <summary>Tells the plug-ins of a system which database is theirs, and as whom they call it.</summary>
internal sealed class SimulatedDatabaseSetup(SimulatedDatabase database, string host) : Setup
{
    public SimulatedDatabase Database => database;

    public string Host => host;

    public static SimulatedDatabaseSetup Of(ActorSystem system) => system.Settings.Setup.Get<SimulatedDatabaseSetup>().Value;
}
