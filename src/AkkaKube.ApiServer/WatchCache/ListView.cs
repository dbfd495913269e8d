using System.Runtime.InteropServices;
using AkkaKube.Api;

namespace AkkaKube.ApiServer.WatchCache;

/// <summary>A part of an array as a read-only list, without a copy.</summary>
internal static class ListView
{
    public static IReadOnlyList<ApiObject> Of(ReadOnlyMemory<ApiObject> items)
    {
        if (items.Length == 0) return [];
        return MemoryMarshal.TryGetArray(items, out var segment) ? segment : items.ToArray();
    }
}
