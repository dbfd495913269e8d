using AkkaKube.Chaos.Faults;
using AkkaKube.Chaos.Places;
using AkkaKube.Chaos.Processes;

namespace AkkaKube.Chaos.Tests;

public sealed class FaultScheduleTests
{
    [Fact]
    public async Task A_seed_decides_the_faults()
    {
        var kinds = await Kinds();
        Names(FaultSchedule.Draw(7, kinds, 12)).ShouldBe(Names(FaultSchedule.Draw(7, kinds, 12)));
        Enumerable.Range(0, 20).Select(seed => string.Join(",", Names(FaultSchedule.Draw(seed, kinds, 12)))).Distinct().Count().ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task No_kind_comes_again_before_all_have_come()
    {
        var kinds = await Kinds();
        var drawn = FaultSchedule.Draw(3, kinds, kinds.All.Count);
        drawn.Select(fault => string.Join(' ', fault.Name.Split(' ').Where(word => !word.StartsWith('h')))).Distinct().Count().ShouldBe(kinds.All.Count);
    }

    private static IEnumerable<string> Names(IEnumerable<Fault> faults) => faults.Select(fault => fault.Name);

    private static async Task<FaultKinds> Kinds()
    {
        var places = new Loopback();
        var folder = Directory.CreateTempSubdirectory("akkakube-chaos-").FullName;
        var hosts = new List<HostProcess>();
        for (var i = 1; i <= 3; i++) hosts.Add(await HostProcess.Prepare($"h{i}", places, folder, "unused", Path.Combine(folder, $"h{i}"), (0, 0, 0), 1));
        Directory.Delete(folder, recursive: true);
        return new FaultKinds(hosts, null, places);
    }
}
