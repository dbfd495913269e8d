using AkkaKube.Api;

namespace AkkaKube.ApiServer.WatchCache;

/// <summary>One change of one object with what was before it: enough to tell every watcher what it means for its selector.</summary>
/// <param name="Revision">The revision of the change.</param>
/// <param name="Path">The key in the shard.</param>
/// <param name="Current">The object after it; after a deletion its last state, with the revision of the deletion.</param>
/// <param name="Previous">The object before it; null where there was none.</param>
/// <param name="IsDelete">The object is gone.</param>
internal sealed record CachedEvent(long Revision, string Path, ApiObject Current, ApiObject? Previous, bool IsDelete);
