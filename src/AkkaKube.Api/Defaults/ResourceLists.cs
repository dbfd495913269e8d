namespace AkkaKube.Api.Defaults;

/// <summary>Amounts of resources finer than a thousandth are rounded up to one.</summary>
internal static class ResourceLists
{
    public static void RoundUp(JsonMap? resources)
    {
        if (resources is null)
            return;
        for (var i = 0; i < resources.Count; i++)
        {
            var (name, value) = resources.Entries[i];
            if (value is string text && MayBeFine(text) && Quantity.TryParse(text, out var quantity))
                resources[name] = new Quantity(Math.Sign(quantity.Amount) * decimal.Ceiling(Math.Abs(quantity.Amount) * 1000m) / 1000m, quantity.Format).ToString();
        }
    }

    /// <summary>Only these endings of the canonical text say less than a thousandth.</summary>
    private static bool MayBeFine(string text) => text.EndsWith('n') || text.EndsWith('u') || text.Contains("e-", StringComparison.Ordinal);
}
