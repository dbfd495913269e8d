using System.Globalization;
using System.Security.Cryptography;

namespace AkkaKube.Simulation.Tests.Run;

/// <summary>What is left of a walk under one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Turns">How many messages were handled.</param>
/// <param name="Changes">How many changes of objects a client saw.</param>
/// <param name="VirtualTime">How long it took by the cluster's clock.</param>
/// <param name="Trace">A digest of the trace: who handled which message when, turn by turn.</param>
/// <param name="Objects">A digest of all changes, byte for byte.</param>
public sealed record SeededRun(int Seed, long Turns, long Changes, TimeSpan VirtualTime, string Trace, string Content)
{
    /// <summary>Set, only this seed is run, and its trace is kept.</summary>
    public const string Variable = "AKKAKUBE_SEED";

    /// <summary>The seed that somebody asked for.</summary>
    public static int? Asked => int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var seed) ? seed : null;

    /// <summary>Walks through <paramref name="walk"/>. The trace goes to <paramref name="traceFile"/>, or to nowhere once its digest is known.</summary>
    /// <exception cref="SeedFailedException">It failed: says under which seed, when, and how to see it again.</exception>
    public static SeededRun Of(int seed, Action<SimulatedCluster> walk, string? traceFile = null)
    {
        var trace = traceFile ?? TraceFile(seed);
        TimeSpan elapsed;
        long changes;
        string content;
        using (var cluster = SimulatedCluster.Start(seed, trace: trace))
        {
            try
            {
                walk(cluster);
            }
            catch (Exception failure)
            {
                throw new SeedFailedException(seed, cluster.Elapsed, trace, failure);
            }
            (elapsed, changes, content) = (cluster.Elapsed, cluster.First.Count, cluster.First.Fingerprint());
        }
        var (turns, digest) = Read(trace);
        if (traceFile is null) File.Delete(trace);
        return new SeededRun(seed, turns, changes, elapsed, digest, content);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"seed {Seed}: {Turns} turns, {Changes} changes, {VirtualTime.TotalSeconds:0.000} s, trace {Trace}, content {Content}");

    /// <summary>Where the trace of a seed goes that nobody has asked for.</summary>
    internal static string TraceFile(int seed) => Path.Combine(Path.GetTempPath(), $"akkakube-seed-{seed}-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.trace");

    internal static (long Turns, string Digest) Read(string trace)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = File.OpenRead(trace);
        var buffer = new byte[1 << 16];
        var turns = 0L;
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            digest.AppendData(buffer.AsSpan(0, read));
            turns += buffer.AsSpan(0, read).Count((byte)'\n');
        }
        return (turns, Convert.ToHexStringLower(digest.GetHashAndReset())[..16]);
    }
}
