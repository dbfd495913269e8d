using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace AkkaKube.Runtime;

/// <summary>
/// The task type of programs. An <c>async Routine&lt;T&gt;</c> runs on its sandbox's actor turn and nowhere else: where it awaits, it is
/// only an object on the heap, and what it waits for puts it back on the kernel's run queue. No thread pool, no captured context,
/// so the order of everything follows from the order of messages.
/// </summary>
/// <typeparam name="T">What it returns.</typeparam>
[AsyncMethodBuilder(typeof(RoutineBuilder<>))]
internal class Routine<T>
{
    private T _result = default!;
    private ExceptionDispatchInfo? _failure;
    private Action? _continuation;

    public bool IsCompleted { get; private set; }

    public Awaiter GetAwaiter() => new(this);

    internal void SetResult(T result)
    {
        _result = result;
        Complete();
    }

    internal void SetException(Exception exception)
    {
        _failure = ExceptionDispatchInfo.Capture(exception);
        Complete();
    }

    private void Complete()
    {
        IsCompleted = true;
        if (_continuation is { } continuation) Trampoline.Run(continuation);
        _continuation = null;
    }

    /// <summary>What the compiler asks of an awaited routine.</summary>
    public readonly struct Awaiter(Routine<T> routine) : ICriticalNotifyCompletion
    {
        public bool IsCompleted => routine.IsCompleted;

        public T GetResult()
        {
            routine._failure?.Throw();
            return routine._result;
        }

        public void OnCompleted(Action continuation) => routine._continuation = continuation;

        public void UnsafeOnCompleted(Action continuation) => routine._continuation = continuation;
    }
}

/// <summary>
/// Runs what follows the end of a routine one after the other and not inside each other, so that a deep recursion of a program
/// is deep on the heap alone. The queue is empty whenever the turn ends.
/// </summary>
internal static class Trampoline
{
    [ThreadStatic]
    private static Queue<Action>? _waiting;

    public static void Run(Action continuation)
    {
        if (_waiting is not null)
        {
            _waiting.Enqueue(continuation);
            return;
        }

        var waiting = _waiting = new Queue<Action>(2);
        try
        {
            continuation();
            while (waiting.TryDequeue(out var next)) next();
        }
        finally
        {
            _waiting = null;
        }
    }
}

/// <summary>Routines that are at their end from the start.</summary>
internal static class Routine
{
    public static Routine<T> Of<T>(T result)
    {
        var routine = new Routine<T>();
        routine.SetResult(result);
        return routine;
    }
}

/// <summary>Builds a <see cref="Routine{T}"/> from an async method: one object holds the method's state and its result.</summary>
internal struct RoutineBuilder<T>
{
    private Routine<T>? _routine;

    public Routine<T> Task => _routine ??= new Routine<T>();

    public static RoutineBuilder<T> Create() => default;

    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    public readonly void SetStateMachine(IAsyncStateMachine stateMachine) => _ = stateMachine;

    public void SetResult(T result) => Task.SetResult(result);

    public void SetException(Exception exception) => Task.SetException(exception);

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => awaiter.OnCompleted(Boxed(ref stateMachine).Resume);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => awaiter.UnsafeOnCompleted(Boxed(ref stateMachine).Resume);

    private Suspended<TStateMachine> Boxed<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        if (_routine is Suspended<TStateMachine> suspended) return suspended;
        suspended = new Suspended<TStateMachine>();
        // The builder lives inside the state machine: it must know its routine before the machine is copied to the heap.
        _routine = suspended;
        suspended.StateMachine = stateMachine;
        return suspended;
    }

    private sealed class Suspended<TStateMachine> : Routine<T>
        where TStateMachine : IAsyncStateMachine
    {
        private Action? _resume;

        public TStateMachine StateMachine = default!;

        public Action Resume => _resume ??= MoveNext;

        private void MoveNext()
        {
            StateMachine.MoveNext();
            if (IsCompleted) StateMachine = default!;
        }
    }
}
