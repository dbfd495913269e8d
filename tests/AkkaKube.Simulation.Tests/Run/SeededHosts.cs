using System.Globalization;
using AkkaKube.Simulation.Tests.Hosts;
using AkkaKube.Simulation.Tests.Walks;

namespace AkkaKube.Simulation.Tests.Run;

/// <summary>What is left of the walk of several hosts under one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Turns">How many messages were handled.</param>
/// <param name="VirtualTime">How long it took by the cluster's clock.</param>
/// <param name="Trace">A digest of the trace.</param>
public sealed record SeededHosts(int Seed, long Turns, TimeSpan VirtualTime, string Trace)
{
    /// <summary>Walks. The trace goes to <paramref name="traceFile"/>, or to nowhere once its digest is known.</summary>
    /// <exception cref="SeedFailedException">It failed: says under which seed, when, and how to see it again.</exception>
    public static SeededHosts Of(int seed, string? traceFile = null)
    {
        var trace = traceFile ?? SeededRun.TraceFile(seed);
        TimeSpan elapsed;
        using (var hosts = SimulatedHosts.Start(seed, trace: trace))
        {
            try
            {
                HostsUnderFaults.Walk(hosts);
            }
            catch (Exception failure)
            {
                throw new SeedFailedException(seed, hosts.Elapsed, trace, failure, "--hosts");
            }
            elapsed = hosts.Elapsed;
        }
        var (turns, digest) = SeededRun.Read(trace);
        if (traceFile is null) File.Delete(trace);
        return new SeededHosts(seed, turns, elapsed, digest);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"seed {Seed}: {Turns} turns, {VirtualTime.TotalSeconds:0.000} s, trace {Trace}");
}
