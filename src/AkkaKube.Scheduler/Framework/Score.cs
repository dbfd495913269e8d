namespace AkkaKube.Scheduler.Framework;

/// <summary>The range of scores, and the usual way into it.</summary>
internal static class Score
{
    /// <summary>The best score of one plugin.</summary>
    public const long Max = 100;

    /// <summary>Scales linearly so that the largest becomes <see cref="Max"/>; reversed, the largest becomes 0.</summary>
    public static void Scale(Span<long> scores, bool reverse)
    {
        long largest = 0;
        foreach (var score in scores) largest = Math.Max(largest, score);
        for (var i = 0; i < scores.Length; i++)
        {
            var scaled = largest == 0 ? 0 : Max * scores[i] / largest;
            scores[i] = reverse ? Max - scaled : scaled;
        }
    }
}
