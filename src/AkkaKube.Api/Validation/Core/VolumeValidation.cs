using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Validation.Core;

/// <summary>The volumes of a pod: their names, and that each has one source.</summary>
internal static class VolumeValidation
{
    /// <summary>Checks the volumes and gives those that are in order.</summary>
    public static VolumeNames Check(FieldErrors errors, FieldPath path, ValueList<Volume> volumes, ObjectMeta? pod, in PodValidationOptions options)
    {
        if (volumes.Count == 0) return VolumeNames.None;
        var good = new VolumeNames(volumes.Count);
        for (var i = 0; i < volumes.Count; i++)
        {
            var volume = volumes[i];
            var place = path.Index(i);
            var before = errors.Count;
            CheckSource(errors, place, volume, pod, options);
            if (volume.Name.Length == 0) errors.Required(place.Child("name"));
            else if (!Names.IsLabel(volume.Name)) errors.Invalid(place.Child("name"), volume.Name, Names.Label(volume.Name));
            if (good.Find(volume.Name) is not null) errors.Duplicate(place.Child("name"), volume.Name);
            if (errors.Count == before) good.Add(volume);
            if (volume.PersistentVolumeClaim is { } claim && IsCreatedForPod(volumes, pod, claim.ClaimName))
                errors.Invalid(place.Child("persistentVolumeClaim", "claimName"), claim.ClaimName, "must not reference a PVC that gets created for an ephemeral volume");
        }
        return good;
    }

    private static bool IsCreatedForPod(ValueList<Volume> volumes, ObjectMeta? pod, string claim)
    {
        if (string.IsNullOrEmpty(pod?.Name)) return false;
        foreach (var volume in volumes)
            if (volume.Ephemeral is not null && claim == $"{pod.Name}-{volume.Name}") return true;
        return false;
    }

    private static void CheckSource(FieldErrors errors, FieldPath path, Volume volume, ObjectMeta? pod, in PodValidationOptions options)
    {
        var sources = new Sources(errors, path);
        if (sources.Is(volume.EmptyDir, "emptyDir") && volume.EmptyDir!.SizeLimit is { } limit && limit.CompareTo(default) < 0)
            errors.Forbidden(path.Child("emptyDir", "sizeLimit"), "SizeLimit field must be a valid resource quantity");
        if (sources.Is(volume.HostPath, "hostPath")) CheckHostPath(errors, path.Child("hostPath"), volume.HostPath!);
        if (sources.Is(volume.GitRepo, "gitRepo")) OldVolumes.Check(errors, path.Child("gitRepo"), volume.GitRepo!);
        if (sources.Is(volume.GcePersistentDisk, "gcePersistentDisk")) OldVolumes.Check(errors, path.Child("persistentDisk"), volume.GcePersistentDisk!);
        if (sources.Is(volume.AwsElasticBlockStore, "awsElasticBlockStore")) OldVolumes.Check(errors, path.Child("awsElasticBlockStore"), volume.AwsElasticBlockStore!);
        if (sources.Is(volume.Secret, "secret")) FileVolumes.Check(errors, path.Child("secret"), volume.Secret!);
        if (sources.Is(volume.Nfs, "nfs")) NetworkVolumes.Check(errors, path.Child("nfs"), volume.Nfs!);
        if (sources.Is(volume.Iscsi, "iscsi")) NetworkVolumes.Check(errors, path.Child("iscsi"), volume.Iscsi!);
        if (volume.Iscsi is { InitiatorName: not null } iscsi && Names.Bytes($"{volume.Name}:{iscsi.TargetPortal}") > 64)
            errors.Invalid(path.Child("name"), volume.Name, "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.");
        if (sources.Is(volume.Glusterfs, "glusterfs")) OldVolumes.Check(errors, path.Child("glusterfs"), volume.Glusterfs!);
        if (sources.Is(volume.Flocker, "flocker")) OldVolumes.Check(errors, path.Child("flocker"), volume.Flocker!);
        if (sources.Is(volume.PersistentVolumeClaim, "persistentVolumeClaim") && volume.PersistentVolumeClaim!.ClaimName.Length == 0)
            errors.Required(path.Child("persistentVolumeClaim", "claimName"));
        if (sources.Is(volume.Rbd, "rbd")) OldVolumes.Check(errors, path.Child("rbd"), volume.Rbd!);
        if (sources.Is(volume.Cinder, "cinder")) OldVolumes.Check(errors, path.Child("cinder"), volume.Cinder!);
        if (sources.Is(volume.Cephfs, "cephFS") && volume.Cephfs!.Monitors.Count == 0) errors.Required(path.Child("cephfs", "monitors"));
        if (sources.Is(volume.Quobyte, "quobyte")) OldVolumes.Check(errors, path.Child("quobyte"), volume.Quobyte!);
        if (sources.Is(volume.DownwardAPI, "downwarAPI")) FileVolumes.Check(errors, path.Child("downwardAPI"), volume.DownwardAPI!);
        if (sources.Is(volume.Fc, "fc")) NetworkVolumes.Check(errors, path.Child("fc"), volume.Fc!);
        if (sources.Is(volume.FlexVolume, "flexVolume")) OldVolumes.Check(errors, path.Child("flexVolume"), volume.FlexVolume!);
        if (sources.Is(volume.ConfigMap, "configMap")) FileVolumes.Check(errors, path.Child("configMap"), volume.ConfigMap!);
        if (sources.Is(volume.AzureFile, "azureFile")) OldVolumes.Check(errors, path.Child("azureFile"), volume.AzureFile!);
        if (sources.Is(volume.VsphereVolume, "vsphereVolume") && volume.VsphereVolume!.VolumePath.Length == 0) errors.Required(path.Child("vsphereVolume", "volumePath"));
        if (sources.Is(volume.PhotonPersistentDisk, "photonPersistentDisk") && volume.PhotonPersistentDisk!.PdID.Length == 0) errors.Required(path.Child("photonPersistentDisk", "pdID"));
        if (sources.Is(volume.PortworxVolume, "portworxVolume") && volume.PortworxVolume!.VolumeID.Length == 0) errors.Required(path.Child("portworxVolume", "volumeID"));
        if (sources.Is(volume.AzureDisk, "azureDisk")) OldVolumes.Check(errors, path.Child("azureDisk"), volume.AzureDisk!);
        if (sources.Is(volume.Storageos, "storageos")) OldVolumes.Check(errors, path.Child("storageos"), volume.Storageos!);
        if (sources.Is(volume.Projected, "projected")) ProjectedVolumes.Check(errors, path.Child("projected"), volume.Projected!);
        if (sources.Is(volume.ScaleIO, "scaleIO")) OldVolumes.Check(errors, path.Child("scaleIO"), volume.ScaleIO!);
        if (sources.Is(volume.Csi, "csi")) NetworkVolumes.Check(errors, path.Child("csi"), volume.Csi!);
        if (sources.Is(volume.Ephemeral, "ephemeral")) ClaimTemplateValidation.Check(errors, path, volume, pod);
        if (sources.Is(volume.Image, "image")) CheckImage(errors, path.Child("image"), volume.Image!, options);
        if (!sources.Any) errors.Required(path, "must specify a volume type");
    }

    private static void CheckHostPath(FieldErrors errors, FieldPath path, HostPathVolumeSource source)
    {
        if (source.Path.Length == 0)
        {
            errors.Required(path.Child("path"));
            return;
        }
        LocalPaths.CheckNoBacksteps(errors, path.Child("path"), source.Path);
        if (source.Type is { } type && type is not ("" or "BlockDevice" or "CharDevice" or "Directory" or "DirectoryOrCreate" or "File" or "FileOrCreate" or "Socket"))
            errors.NotSupported(path.Child("type"), type, "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket");
    }

    private static void CheckImage(FieldErrors errors, FieldPath path, ImageVolumeSource source, in PodValidationOptions options)
    {
        if (options.IsPod && string.IsNullOrEmpty(source.Reference)) errors.Required(path.Child("reference"));
        ContainerValidation.CheckPullPolicy(errors, path.Child("pullPolicy"), source.PullPolicy);
    }

    /// <summary>Counts the sources of a volume; the second one is an error and is not looked into.</summary>
    private struct Sources(FieldErrors errors, FieldPath path)
    {
        public bool Any { get; private set; }

        public bool Is(object? source, string name)
        {
            if (source is null) return false;
            if (Any)
            {
                errors.Forbidden(path.Child(name), Rules.OneVolumeType);
                return false;
            }
            Any = true;
            return true;
        }
    }
}
