using AkkaKube.Api.Core.V1;

namespace AkkaKube.Api.Validation.Core;

/// <summary>The volumes of a pod that are in order themselves; a mount of another one is not found.</summary>
internal sealed class VolumeNames
{
    public static readonly VolumeNames None = new(0);

    private readonly List<Volume> _volumes;

    public VolumeNames(int count) => _volumes = new(count);

    public void Add(Volume volume) => _volumes.Add(volume);

    public Volume? Find(string name)
    {
        foreach (var volume in _volumes)
            if (volume.Name == name) return volume;
        return null;
    }
}
