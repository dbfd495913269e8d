using Akka.Actor;
using AkkaKube.Host.Memory;
using AkkaKube.Tests;

namespace AkkaKube.Host.Tests.Memory;

public sealed class MemoryWatchTests : VirtualTime
{
    private static readonly MemorySettings Settings = new(TimeSpan.FromSeconds(5), Quiet: 50, Growth: 100, LargestHeap: 1000);

    private sealed class Process : IProcessMemory
    {
        public MemoryReading Reading { get; set; } = new(400, 200, 0);

        public int Times { get; private set; }

        public MemoryReading Read() => Reading;

        public void GiveBack()
        {
            Times++;
            Reading = Reading with { Resident = 250 };
        }
    }

    [Theory]
    [InlineData(50, 400, 1000, true)]
    [InlineData(51, 400, 1000, false)]
    [InlineData(50, 399, 1000, false)]
    [InlineData(50, 400, 1001, false)]
    public void It_is_due_at_rest_after_growth_where_it_takes_not_long(long allocated, long resident, long heap, bool due) =>
        MemoryWatch.IsDue(Settings, new MemoryReading(300, 0, 7), new MemoryReading(resident, heap, 7 + allocated), kept: 300).ShouldBe(due);

    [Fact]
    public void What_a_rush_has_left_is_given_back_once()
    {
        var process = new Process();
        Sys.ActorOf(MemoryWatch.Props(Settings, process));
        Advance();
        for (var busy = 1; busy <= 4; busy++)
        {
            process.Reading = process.Reading with { Allocated = busy * 1000 };
            Advance(5);
        }

        process.Times.ShouldBe(0);
        Advance(5);
        process.Times.ShouldBe(1);
        Advance(60);
        process.Times.ShouldBe(1);
        process.Reading = process.Reading with { Resident = 350 };
        Advance(5);
        process.Times.ShouldBe(2);
    }

    [Fact]
    public void Zero_turns_it_off()
    {
        var process = new Process();
        Sys.ActorOf(MemoryWatch.Props(Settings with { Period = TimeSpan.Zero }, process));
        Advance(60);
        process.Times.ShouldBe(0);
    }
}
