using System.Diagnostics;

namespace AkkaKube.EndToEnd.Tests.Harness;

/// <summary>Waits for what another process will bring about.</summary>
public static class Eventually
{
    /// <summary>Returns as soon as <paramref name="assertion"/> does not fail; after the limit its failure is the test's.</summary>
    public static async Task Holds(Func<Task> assertion, TimeSpan? limit = null)
    {
        var elapsed = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await assertion();
                return;
            }
            catch (Exception) when (elapsed.Elapsed < (limit ?? Command.Limit))
            {
                await Task.Delay(100);
            }
        }
    }
}
