namespace AkkaKube.Runtime;

/// <summary>What the kernel needs from the actor it lives in.</summary>
internal interface IMachine
{
    /// <summary>The time.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Chance.</summary>
    Random Random { get; }

    /// <summary>The network of the sandbox; its processes' sockets.</summary>
    INetwork Network { get; }

    /// <summary>Call <see cref="Kernel.Run"/> at this time at the latest.</summary>
    void WakeAt(DateTimeOffset time);
}

/// <summary>
/// The operating system of one sandbox: runs what is ready, wakes what has slept, on the turn of the actor it lives in.
/// </summary>
internal sealed class Kernel(IMachine machine)
{
    /// <summary>How much is done in one turn before the actor looks at its mailbox again.</summary>
    public const int BudgetOfATurn = 1_000;

    /// <summary>How many turns may follow each other; one is added for each time slice that passes.</summary>
    public const int MostTurnsInARow = 100;

    /// <summary>
    /// How long a program waits that has used up its turns: it can calculate for a moment as fast as it can, but a loop that never
    /// ends costs little for ever, and sees the clock move.
    /// </summary>
    public static readonly TimeSpan TimeSlice = TimeSpan.FromMilliseconds(20);

    private readonly Queue<(Process Process, Action Continue)> _ready = new();
    private PriorityQueue<Pending<bool>, (DateTimeOffset Due, long Order)>? _sleeping;
    private long _order;
    private int _budget;
    private int _turns = MostTurnsInARow;
    private DateTimeOffset _turnsCountedAt;
    private bool _running;

    public DateTimeOffset Now => machine.Now;

    public Random Random => machine.Random;

    public INetwork Network => machine.Network;

    /// <summary>Does what is ready, until nothing is or the turn is used up.</summary>
    public void Run()
    {
        if (_running) return;
        _running = true;
        _budget = BudgetOfATurn;
        Wake();
        while (_budget > 0 && _ready.TryDequeue(out var next))
        {
            _budget--;
            if (!next.Process.HasExited) next.Continue();
        }

        _running = false;
        if (_ready.Count > 0) machine.WakeAt(NextTurn());
        else if (_sleeping is not null && _sleeping.TryPeek(out _, out var first)) machine.WakeAt(first.Due);
    }

    /// <summary>Counts work that does not wait; when the turn is used up the process waits for the next.</summary>
    public Pending<bool> Spend(Process process, int work = 1)
    {
        var pending = new Pending<bool>(process);
        _budget -= work;
        if (_budget > 0) pending.Complete(true);
        else _ready.Enqueue((process, () => pending.Complete(true)));
        return pending;
    }

    /// <summary>Completes when the time has passed.</summary>
    public Pending<bool> Sleep(Process process, TimeSpan duration)
    {
        var pending = new Pending<bool>(process);
        Complete(pending, duration);
        return pending;
    }

    /// <summary>Completes <paramref name="pending"/> with false when the time has passed and nothing else has completed it.</summary>
    public void Complete(Pending<bool> pending, TimeSpan duration)
    {
        if (duration > TimeSpan.FromDays(36_500)) return;
        _sleeping ??= new PriorityQueue<Pending<bool>, (DateTimeOffset, long)>();
        _sleeping.Enqueue(pending, (Now + duration, _order++));
        if (!_running) machine.WakeAt(_sleeping.TryPeek(out _, out var first) ? first.Due : Now);
    }

    public void Enqueue(Process process, Action continuation) => _ready.Enqueue((process, continuation));

    private DateTimeOffset NextTurn()
    {
        var slices = (int)Math.Min(MostTurnsInARow, (Now - _turnsCountedAt) / TimeSlice);
        if (slices > 0)
        {
            _turns = Math.Min(MostTurnsInARow, _turns + slices);
            _turnsCountedAt = Now;
        }

        if (_turns == 0) return Now + TimeSlice;
        _turns--;
        return Now;
    }

    private void Wake()
    {
        while (_sleeping is not null && _sleeping.TryPeek(out var pending, out var key) && (key.Due <= Now || pending.IsCompleted || pending.Owner.HasExited))
        {
            _sleeping.Dequeue();
            pending.Complete(false);
        }

        if (_sleeping is { Count: 0 }) _sleeping = null;
    }
}
